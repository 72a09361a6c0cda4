import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { put } from './temporaryFolder';

interface ContextSpec {
  name: string;
  host?: string;
  description?: string;
  skip?: boolean;
  tls?: Record<string, string>;
  /** Below contexts/meta, where it is not the one the CLI would make. */
  folder?: string;
}

/** A context as `docker context create` writes it; answers with the path of its meta.json. */
export async function contextFiles(docker: string, spec: ContextSpec): Promise<string> {
  const { name, host, description = '', skip = false, tls = {} } = spec;
  const id = spec.folder ?? createHash('sha256').update(name).digest('hex');
  const endpoint = { ...(host !== undefined && { Host: host }), SkipTLSVerify: skip };
  const meta = { Name: name, Metadata: { Description: description }, Endpoints: { docker: endpoint } };
  const path = join(docker, 'contexts/meta', id, 'meta.json');
  await put(path, JSON.stringify(meta));
  for (const [file, content] of Object.entries(tls)) {
    await put(join(docker, 'contexts/tls', id, 'docker', file), content);
  }
  return path;
}
