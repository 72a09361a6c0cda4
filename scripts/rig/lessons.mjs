// The images of a first Docker lesson: one that says hello, one with a web page, one to look around in.
import { createCipheriv } from 'node:crypto';
import { busyboxImage } from './images.mjs';

/** @typedef {import('./images.mjs').ImageSpec} ImageSpec */

const rule = "echo '---------------------'";
const hello = [
  '#!/bin/sh',
  rule,
  "echo 'Hello from Chapter 2!'",
  rule,
  "echo 'My name is:'",
  'hostname',
  rule,
  "echo 'Im running on:'",
  'uname -s -r -m',
  rule,
  "echo 'My address is:'",
  "ifconfig eth0 2>/dev/null | grep 'inet addr' | sed 's/^ *//'",
  rule,
  '',
].join('\n');

const page = `<!doctype html>
<html>
  <head><title>Chapter 2</title></head>
  <body>
    <h1>Hello from Chapter 2!</h1>
    <p>This page is served by a container.</p>
  </body>
</html>
`;

/** Bytes that no compression makes smaller, the same every time: a layer that takes a moment to pull. */
function ballast(/** @type {number} */ megabytes, /** @type {string} */ seed) {
  const cipher = createCipheriv('aes-128-ctr', Buffer.from(seed.padEnd(16).slice(0, 16)), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(megabytes * 1024 * 1024));
}

/**
 * @param {ImageSpec} base
 * @param {ImageSpec['layers']} layers
 * @param {Record<string, unknown>} config
 * @param {string[]} [emptySteps]
 * @returns {ImageSpec}
 */
const on = (base, layers, config, emptySteps) => ({
  layers: [...base.layers, ...layers],
  emptySteps: emptySteps ?? [`/bin/sh -c #(nop)  CMD ${JSON.stringify(config['Cmd'])}`],
  config: { ...base.config, ...config },
});

/**
 * By repository name; all are tagged `latest`.
 * @returns {Promise<Record<string, ImageSpec>>}
 */
export async function lessonImages() {
  const base = await busyboxImage();
  return {
    'diamol/base': on(
      base,
      [
        {
          createdBy: 'RUN install the tools',
          entries: [{ path: 'usr/local/tools.bin', content: ballast(3, 'base') }],
        },
      ],
      { Cmd: ['sh'], WorkingDir: '/root' },
    ),
    'diamol/ch02-hello-diamol': on(
      base,
      [
        {
          createdBy: 'RUN install the runtime',
          entries: [{ path: 'usr/local/runtime.bin', content: ballast(6, 'hello') }],
        },
        {
          createdBy: 'COPY cmd.sh /web/cmd.sh',
          entries: [{ path: 'web/' }, { path: 'web/cmd.sh', content: hello, mode: 0o755 }],
        },
      ],
      { Cmd: ['/web/cmd.sh'], WorkingDir: '/web' },
    ),
    'diamol/ch02-hello-diamol-web': on(
      base,
      [
        {
          createdBy: 'RUN install the web server',
          entries: [
            { path: 'usr/local/apache2/' },
            { path: 'usr/local/apache2/modules.bin', content: ballast(4, 'web') },
          ],
        },
        {
          createdBy: 'COPY html/ /usr/local/apache2/htdocs/',
          entries: [
            { path: 'usr/local/apache2/htdocs/' },
            { path: 'usr/local/apache2/htdocs/index.html', content: page },
          ],
        },
      ],
      {
        Cmd: ['httpd', '-f', '-v', '-p', '80', '-h', '/usr/local/apache2/htdocs'],
        WorkingDir: '/usr/local/apache2',
        ExposedPorts: { '80/tcp': {} },
      },
      ['EXPOSE 80', 'CMD ["httpd" "-f" "-v" "-p" "80"]'],
    ),
  };
}
