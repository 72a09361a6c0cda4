import { ask, baseImage, removeLabelled } from '../../rig/engine';

/** What a container to be tested with is made of; `script` runs in busybox's shell. */
export interface Box {
  readonly script: string;
  readonly name?: string;
  /** More of the body of `POST /containers/create`. */
  readonly config?: object;
  readonly host?: object;
}

let image: Promise<string> | undefined;

/** The body that creates it, labelled `dev.quayside.test=<label>`. */
export async function boxBody(label: string, { script, config = {}, host = {} }: Box): Promise<object> {
  return {
    Image: await (image ??= baseImage()),
    Cmd: ['sh', '-c', script],
    Labels: { 'dev.quayside.test': label },
    HostConfig: { Init: true, ...host },
    ...config,
  };
}

/** Creates it, past everything of ours; resolves with its id. */
export async function created(label: string, box: Box): Promise<string> {
  const query = box.name === undefined ? '' : `?name=${box.name}`;
  const { Id } = (await ask('POST', `/containers/create${query}`, await boxBody(label, box))) as {
    Id: string;
  };
  return Id;
}

/** Creates and starts it. */
export async function started(label: string, box: Box): Promise<string> {
  const id = await created(label, box);
  await ask('POST', `/containers/${id}/start`);
  return id;
}

/** Creates and starts it, and waits for its end. */
export async function ended(label: string, box: Box): Promise<string> {
  const id = await started(label, box);
  await ask('POST', `/containers/${id}/wait`);
  return id;
}

/** What the engine says of its state. */
export async function stateOf(id: string): Promise<{ Running: boolean; ExitCode: number; Status: string }> {
  const found = (await ask('GET', `/containers/${id}/json`)) as {
    State: { Running: boolean; ExitCode: number; Status: string };
  };
  return found.State;
}

/** The ids of the containers with this label, whatever their state. */
export async function labelled(label: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`dev.quayside.test=${label}`] }));
  return ((await ask('GET', `/containers/json?all=1&filters=${filters}`)) as { Id: string }[]).map(
    ({ Id }) => Id,
  );
}

export { removeLabelled };
