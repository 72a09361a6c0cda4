import type { RunSpec } from './spec';

/** As editors name the folder they work in. */
const FOLDER = '${workspaceFolder}';

/** The paths of this computer in a spec, with `${workspaceFolder}` replaced by the folder it stands for. */
export function withFolder<T extends Partial<RunSpec>>(spec: T, folder: string | undefined): T {
  if (folder === undefined) return spec;
  const said = (text: string): string => text.replaceAll(FOLDER, () => folder);
  const { volumes, mounts, envFile, labelFile, cidfile } = spec;
  return {
    ...spec,
    ...(volumes && { volumes: volumes.map(said) }),
    ...(mounts && { mounts: mounts.map(said) }),
    ...(envFile && { envFile: envFile.map(said) }),
    ...(labelFile && { labelFile: labelFile.map(said) }),
    ...(cidfile !== undefined && { cidfile: said(cidfile) }),
  };
}
