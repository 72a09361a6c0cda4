import http from 'node:http';
import https from 'node:https';
import type { Dialer } from '../../../../src/engine/endpoint/endpoint';

/** GET through a dialer, or through an agent alone; resolves with status and body. */
export function ask(
  { protocol = 'http', host = 'localhost', port = 80, basePath = '', agent }: Partial<Dialer>,
  path = '/',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = protocol === 'https' ? https.request : http.request;
    const sent = request({ agent, host, port, path: basePath + path }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(`${response.statusCode ?? 0} ${body}`));
      response.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}
