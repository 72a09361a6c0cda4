import { posix } from 'node:path';
import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { givenOr, problemOf } from '../ask';
import type { Context } from '../deps';

/** A name for a file, as it was given or as the user types it. */
export async function nameFor(
  context: Context,
  given: string | undefined,
  title: string,
  value = '',
): Promise<string> {
  const name = await givenOr(context, given, 'name', () =>
    vscode.window.showInputBox({
      title,
      value,
      valueSelection: [0, value.length - posix.extname(value).length],
      ignoreFocusOut: true,
      validateInput: problemOf(check),
    }),
  );
  check(name);
  return name;
}

function check(name: string): void {
  if (name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0')) return;
  throw new EngineError('invalid', sentence('Give a name without a slash that is not "." or "..".'));
}
