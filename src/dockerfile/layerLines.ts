import * as vscode from 'vscode';
import { STATE_KEYS } from '../ids';
import { layerSizes, parseCreatedBy, telling, type HistoryLine, type LayerSize } from './language/layers';
import { parseModel, type Model } from './model/model';

/** Where an instruction of an image stands. */
export interface LayerLine {
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly line: number;
  /** The text has changed since the image was built. */
  readonly stale: boolean;
}

interface Candidate {
  readonly uri: vscode.Uri;
  readonly model: Model;
  /** The image has a tag that the last build of this file has given. */
  readonly built: boolean;
}

interface Match {
  readonly uri: vscode.Uri;
  readonly sizes: readonly LayerSize[];
  /** How much speaks for it. */
  readonly score: number;
}

const GLOB =
  '**/{[Dd]ockerfile,[Dd]ockerfile.*,*.[Dd]ockerfile,Containerfile,Containerfile.*,*.containerfile}';
/** Enough to look through; a folder of dependencies may hold thousands. */
const MOST = 500;
/** Bytes; longer than what anybody writes by hand. */
const LONGEST = 1024 * 1024;

/**
 * Where the instructions of an image stand in the Dockerfiles of the workspace. `history`: the oldest first; one answer
 * for each. What the base image has brought leads to the Dockerfile of that, where it is here too, else to FROM. Nothing
 * is claimed of a file that only looks alike: something in it must say the very same.
 */
export async function findLayerLines(
  history: readonly HistoryLine[],
  tags: readonly string[],
  state: vscode.Memento,
): Promise<readonly (LayerLine | undefined)[]> {
  const found: (LayerLine | undefined)[] = history.map(() => undefined);
  const candidates = await candidatesFor(tags, state);
  for (let left = history.length, top = true; left > 0;) {
    const match = bestOf(history.slice(0, left), top ? candidates : candidates.map(asBase));
    if (!match) {
      // Labels that were given with the build, not in the file.
      if (!top || parseCreatedBy(history[left - 1]?.createdBy ?? '').keyword !== 'LABEL') break;
      left--;
      continue;
    }
    top = false;
    const own = match.sizes.filter(({ instruction }) => instruction.keyword !== 'FROM');
    const from = match.sizes.find(({ instruction }) => instruction.keyword === 'FROM');
    left -= own.length;
    const line = ({ instruction, stale }: LayerSize): LayerLine => ({
      uri: match.uri,
      line: instruction.line,
      stale,
    });
    for (const [at, one] of own.entries()) found[left + at] = line(one);
    if (from) found.fill(line(from), 0, left);
  }
  return found;
}

/** A tag says nothing of the image below. */
const asBase = (candidate: Candidate): Candidate => ({ ...candidate, built: false });

function bestOf(rows: readonly HistoryLine[], candidates: readonly Candidate[]): Match | undefined {
  const newestFirst = [...rows].reverse();
  let best: Match | undefined;
  for (const { uri, model, built } of candidates) {
    for (const stage of model.stages) {
      const sizes = layerSizes(model, newestFirst, stage);
      if (!sizes) continue;
      const score = scoreOf(sizes, newestFirst) + (built && stage === model.stages.at(-1) ? 1000 : 0);
      if (score > (best?.score ?? 0)) best = { uri, sizes, score };
    }
  }
  return best;
}

/** Instructions that say the very same, less what has changed since. */
function scoreOf(sizes: readonly LayerSize[], newestFirst: readonly HistoryLine[]): number {
  const own = sizes.filter(({ instruction }) => instruction.keyword !== 'FROM');
  return own.reduce((score, { instruction, stale }, at) => {
    const made = parseCreatedBy(newestFirst[own.length - 1 - at]?.createdBy ?? '');
    return score + (stale ? -1 : telling(instruction, made) ? 1 : 0);
  }, 0);
}

async function candidatesFor(tags: readonly string[], state: vscode.Memento): Promise<Candidate[]> {
  const known = state.get<Readonly<Record<string, string>>>(STATE_KEYS.buildTags, {});
  const uris = await vscode.workspace.findFiles(GLOB, '**/node_modules/**', MOST);
  const read = uris.map(async (uri): Promise<Candidate[]> => {
    const text = await textOf(uri);
    if (text === undefined) return [];
    const tag = known[uri.toString()];
    const built = tag !== undefined && tags.some((one) => one === tag || one === `${tag}:latest`);
    return [{ uri, model: parseModel(text), built }];
  });
  return (await Promise.all(read)).flat();
}

/** As it is in the editor, where it is open. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LONGEST) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // It went meanwhile, or may not be read.
    return undefined;
  }
}
