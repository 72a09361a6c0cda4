import { invalid } from './invalid';

/** `HostConfig.RestartPolicy`. */
export interface RestartPolicy {
  readonly Name: string;
  readonly MaximumRetryCount: number;
}

const HELP = 'Use no, always, unless-stopped, on-failure or on-failure:5.';

/**
 * Parse `--restart` (`docker/cli: opts.ParseRestartPolicy`), and refuse what the engine would refuse later: other names, and
 * a count on any policy but `on-failure`. Throws an `EngineError` of kind `invalid`.
 */
export function parseRestart(text: string): RestartPolicy {
  if (text === '') return { Name: '', MaximumRetryCount: 0 };
  const [, name = '', count] = /^(no|always|unless-stopped|on-failure)(?::\+?(\d{1,9}))?$/.exec(text) ?? [];
  const retries = Number(count ?? 0);
  if (name === '') throw invalid('"{0}" is not a restart policy. {1}', text, HELP);
  if (retries > 0 && name !== 'on-failure') {
    throw invalid('Only on-failure takes a number of retries, not "{0}". {1}', text, HELP);
  }
  return { Name: name, MaximumRetryCount: retries };
}
