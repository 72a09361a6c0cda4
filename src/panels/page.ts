import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where everything lies that a webview may load. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/**
 * The page of a panel: empty, with its script, its style and its words. Nothing else is allowed to run or to be loaded,
 * and nothing of a container is ever part of it. `workers`: its script may start workers of its own text.
 */
export function page(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  panel: string,
  strings: Readonly<Record<keyof never, string>>,
  { workers = false } = {},
): string {
  const uri = (file: string): string =>
    attribute(webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extensionUri), file)).toString());
  const nonce = randomBytes(16).toString('base64');
  // A closing tag inside the words would end the block.
  const words = JSON.stringify(strings).replace(/</g, '\\u003c');
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}' ${attribute(webview.cspSource)}; font-src ${attribute(webview.cspSource)};${workers ? ' worker-src blob:;' : ''}">
<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="${uri(`${panel}.css`)}">
<script type="application/json" id="strings" nonce="${nonce}">${words}</script>
</head>
<body>
<script nonce="${nonce}" src="${uri(`${panel}.js`)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
