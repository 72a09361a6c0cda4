import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * The page of a panel: empty, with its script, its style and its words in it. A webview that has to fetch them asks the
 * editor for each, by way of a worker of its own, before anything is seen. Nothing else is allowed to run or to be
 * loaded, and nothing of a container is ever part of it. `workers`: its script may start workers of its own text.
 */
export function page(
  extensionUri: vscode.Uri,
  panel: string,
  strings: Readonly<Record<keyof never, string>>,
  { workers = false } = {},
): string {
  const part = (extension: string): string => {
    const file = vscode.Uri.joinPath(extensionUri, 'dist', 'webview', `${panel}.${extension}`);
    return readFileSync(file.fsPath, 'utf8');
  };
  const nonce = randomBytes(16).toString('base64');
  // A closing tag inside the words would end the block, and in a script the beginning of a comment would.
  const words = JSON.stringify(strings).replace(/</g, '\\u003c');
  const script = part('js').replace(/<(?=!--|\/?script)/gi, '\\x3c');
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}';${workers ? ' worker-src blob:;' : ''}">
<meta property="csp-nonce" content="${nonce}">
<style nonce="${nonce}">${part('css')}</style>
<script type="application/json" id="strings" nonce="${nonce}">${words}</script>
</head>
<body>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
