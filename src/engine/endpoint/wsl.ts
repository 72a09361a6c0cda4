import { EngineError, sentence } from '../errors';
import type { Commands } from './commandAgent';
import type { CommandEnd } from './commandConnection';

function failure(distribution: string, { startError, stderr, status }: CommandEnd): EngineError {
  const cause = startError ?? new Error(stderr || `wsl.exe ended with ${String(status)}`);
  if (startError) {
    return new EngineError(
      'unreachable',
      sentence('wsl.exe could not be started. WSL distributions can be reached from Windows alone.'),
      { cause },
    );
  }
  return new EngineError(
    /permission denied/i.test(stderr) ? 'denied' : 'unreachable',
    sentence(
      'Docker in the WSL distribution "{0}" did not answer: {1} Check that it is installed and running there.',
      distribution,
      stderr || cause.message,
    ),
    { cause },
  );
}

/** The engine inside a WSL distribution, through that distribution's own CLI. */
export function wslCommands(distribution: string): Commands {
  const args = ['-d', distribution, 'docker', 'system', 'dial-stdio'];
  const command = { file: 'wsl.exe', args, failure: (end: CommandEnd) => failure(distribution, end) };
  return { name: `wsl://${distribution}`, command: () => Promise.resolve(command), dispose: () => undefined };
}
