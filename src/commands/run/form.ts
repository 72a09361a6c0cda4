import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { parseRunLine } from '../../engine/run/commandLine/parse';
import type { RunSpec } from '../../engine/run/spec';
import type { RunFormOptions } from '../../panels/run';
import { projectOf } from '../../views/nodes';
import type { Context, Handler } from '../deps';
import { containerId } from '../act';
import { listContainers, listImages, listNetworks } from '../listing';
import type { ContainerRef } from '../ref';
import { engineOf, imagesOf, only } from '../target';
import { remember, saveProfile } from './profiles';
import { runSpec } from './runSpec';

/** The form, empty or filled from a line of `docker run`. */
export const runForm: Handler<'quayside.containers.runForm'> = async (context, options) => {
  const spec = options?.line === undefined ? {} : parseRunLine(options.line).spec;
  await openForm(context, engineOf(context, options?.engine), spec);
};

/** The form for an image: its ports are published on free ones, and one that listens runs in the background. */
export const imageForm: Handler<'quayside.images.runForm'> = async (context, target) => {
  const { engine, id } = only(
    await imagesOf(context, target, {
      title: vscode.l10n.t('Run which image?'),
      none: vscode.l10n.t('There is no image. Pull one first.'),
      single: true,
    }),
  );
  const { imageFacts } = await import('../../panels/run/image');
  const { ports } = await imageFacts(engine, id);
  await openForm(context, engine, {
    image: id,
    ...(ports.length > 0 && { ports: [...ports], detach: true }),
  });
};

/** Opens it for a run; another title and `replaces` make it a replacement. */
export async function openForm(
  context: Context,
  engine: Engine,
  spec: Partial<RunSpec>,
  options: Partial<Pick<RunFormOptions, 'title' | 'notes' | 'replaces' | 'like' | 'run'>> = {},
): Promise<void> {
  const [{ showRunForm }, images, networks] = await Promise.all([
    import('../../panels/run'),
    listImages(engine),
    listNetworks(engine),
  ]);
  const run = async (wanted: RunSpec) => {
    const { id } = await runSpec({ ...context, fromUi: true }, engine, wanted);
    await remember(context, wanted);
    return { said: vscode.l10n.t('Started {0}.', wanted.name ?? id.slice(0, 12)), close: true };
  };
  const { image = '' } = spec;
  showRunForm({
    engine,
    extensionUri: context.extensionUri,
    title: image === '' ? vscode.l10n.t('Run a container') : vscode.l10n.t('Run {0}', image),
    notes: [],
    spec,
    images: images.flatMap(({ tags }) => tags),
    networks: networks.map(({ name }) => name),
    run,
    save: (wanted) => saveProfile(wanted),
    ...options,
  });
}

/** What is to be said of a container that compose owns. */
export async function composeNotes({ engine, id }: ContainerRef): Promise<string[]> {
  const full = await containerId({ engine, id, name: id });
  const labels = (await listContainers(engine)).find((container) => container.id === full)?.labels ?? {};
  const project = projectOf(labels);
  if (project === undefined) return [];
  const files = labels['com.docker.compose.project.config_files'] ?? '';
  return [
    vscode.l10n.t(
      'This container belongs to the compose project {0}. What is changed here is undone by the next "docker compose up": change its file instead: {1}',
      project,
      files,
    ),
  ];
}
