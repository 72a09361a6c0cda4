import { record, text, textMap, texts, type Json } from '../wire/read';
import type { LensOutline } from './outline';
import type { Paths } from './paths';
import type { LensImage } from './readImages';
import type { ConfigDifference, FileTree } from './shapes';
import { FileState } from './state';
import { sameFile, treeOf } from './tree';

/** What differs between the configurations of two images, by field. */
export function compareConfigs(before: LensOutline, after: LensOutline): ConfigDifference[] {
  const [a, b] = [facts(before), facts(after)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [field = '', name = ''] = key.split('\n');
    const [was, is] = [a.get(key) ?? '', b.get(key) ?? ''];
    return was === is ? [] : [{ field, name, before: was, after: is }];
  });
}

/** How many layers both begin with. */
export function commonLayers(before: LensOutline, after: LensOutline): number {
  const differs = before.layers.findIndex((digest, index) => digest !== after.layers[index]);
  return differs < 0 ? Math.min(before.layers.length, after.layers.length) : differs;
}

/** The files of two images; what only differs in when it was written is the same. */
export function compareFiles(paths: Paths, before: LensImage, after: LensImage): FileTree {
  return treeOf(new FileState(paths, before.files), new FileState(paths, after.files), {
    onlyChanges: true,
    same: sameFile,
  });
}

const FIELDS = ['Entrypoint', 'Cmd', 'WorkingDir', 'User', 'Shell', 'StopSignal', 'Healthcheck', 'OnBuild'];
const SETS = ['ExposedPorts', 'Volumes'];

function facts({ inspected, platform }: LensOutline): Map<string, string> {
  const config = record(inspected['Config']);
  const found = new Map<string, string>();
  const put = (field: string, name: string, value: string): void => {
    if (value !== '') found.set(`${field}\n${name}`, value);
  };
  put('Platform', '', [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'));
  for (const field of FIELDS) put(field, '', written(config[field]));
  for (const variable of texts(config['Env'])) {
    const at = variable.indexOf('=');
    put('Env', at < 0 ? variable : variable.slice(0, at), at < 0 ? '' : variable.slice(at + 1));
  }
  for (const field of SETS) for (const name of Object.keys(record(config[field]))) put(field, name, name);
  for (const [name, value] of Object.entries(textMap(config['Labels']))) put('Labels', name, value);
  return found;
}

function written(value: Json[string]): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return text(value);
  const json = JSON.stringify(value);
  return json === '[]' || json === '{}' ? '' : json;
}
