import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseModel } from '../../../src/dockerfile/model/model';
import type { Finding, LintContext } from '../../../src/dockerfile/rules/finding';
import { lint } from '../../../src/dockerfile/rules/lint';

/** Real files and others' cases, where they lie beside the checkout. */
export const data =
  process.env['QUAYSIDE_TEST_DATA'] ?? path.resolve(import.meta.dirname, '../../../../shared/data');

export const corpusFile = path.join(data, 'dockerfile-lint-corpus.json');
export const realFolder = path.join(data, 'dockerfiles');
export const hasCorpus = existsSync(corpusFile) && existsSync(realFolder);

export const realNames = (): string[] =>
  hasCorpus ? readdirSync(realFolder).filter((name) => !name.endsWith('.txt')) : [];

/** Every text that there is to try things on; some of our own at least. */
export function texts(): string[] {
  const real = realNames().map((name) => readFileSync(path.join(realFolder, name), 'utf8'));
  const cases = hasCorpus ? (JSON.parse(readFileSync(corpusFile, 'utf8')) as { dockerfile: string }[]) : [];
  return [...own, ...real, ...cases.map(({ dockerfile }) => dockerfile)];
}

export const check = (text: string, context: LintContext = {}): Finding[] => lint(parseModel(text), context);

/** `rule:line`, from 1. */
export const shown = (text: string, context?: LintContext): string[] =>
  check(text, context).map(({ rule, line }) => `${rule}:${line + 1}`);

/** A file with something of everything. */
export const everything = `# syntax=docker/dockerfile:1
# check=skip=JSONArgsRecommended
ARG VERSION=22 VARIANT="-alpine"

# build the app
FROM --platform=$BUILDPLATFORM node:\${VERSION}\${VARIANT} AS build
ARG TARGETARCH
WORKDIR /app
COPY --chown=node:node package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm,sharing=locked \\
    --mount=type=secret,id=token,required=true \\
    npm ci \\
    # a comment between
    && npm run build -- --arch "\${TARGETARCH}"
COPY <<-'EOF' /etc/app.conf
	name = $NAME
	EOF

FROM debian:12-slim AS base
RUN <<EOF bash -ex
apt-get update
apt-get install -y --no-install-recommends ca-certificates=1
rm -rf /var/lib/apt/lists/*
EOF
ENV PATH=/opt/bin:$PATH HOME="/home/app user" A='single $quoted'
LABEL org.opencontainers.image.title="An app" org.opencontainers.image.version=\${VERSION}
EXPOSE 8080/tcp 9000-9010/udp
VOLUME ["/data"]
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=30s --timeout=1m30s --retries=3 CMD ["curl", "-f", "http://localhost"]
ONBUILD COPY --from=build /app/dist /srv

FROM base
COPY --from=build --link /app/dist /srv
USER 1000
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ENTRYPOINT ["/srv/app", "--port", "8080"]
CMD ["serve"]
`;

const own = [
  everything,
  everything.replaceAll('\n', '\r\n'),
  `# escape=\`\n${everything.replaceAll('\\', '`')}`,
];

/** Numbers that are the same for the same seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return below === 0 ? 0 : state % below;
  };
}

const bits = [
  '\\', '\\ ', '\\\\\n', '`', '\n', '\n\n', ' ', '"', "'", '<<EOF', '<<-E', '\t', '#', '# x\n', '$', '{', '}', '[', ']',
  '\r\n', 'EOF\n', 'ONBUILD ', 'RUN ', ' <<A <<B\n', '\f', '\0', '${x:-', '$(', '--mount=', '--from=0 ', '=', ',',
  'FROM a AS b\n', 'ENV a=$a$a\n', ':', '@', '/', '# check=skip=all\n', '&&', '|', '\uFEFF', '\u2028', '😀',
]; // prettier-ignore

/** The text with some of it cut, doubled, or mixed with what means something. */
export function mutate(text: string, pick: (below: number) => number): string {
  for (let count = 1 + pick(6); count > 0; count -= 1) {
    const at = pick(text.length + 1);
    const kind = pick(4);
    if (kind === 0) text = text.slice(0, at) + text.slice(at + pick(30));
    else if (kind === 1) text = text.slice(0, at) + text.slice(at, at + pick(60)) + text.slice(at);
    else text = text.slice(0, at) + (bits[pick(bits.length)] ?? '') + text.slice(at);
  }
  return text;
}
