/** What each instruction is for, and how it is written. Templates. */
export const instructionDocs: Readonly<Record<string, readonly [usage: string, text: string]>> = {
  ADD: [
    'ADD [--flags] source… destination',
    'Copies files into the image; also from an address or a Git repository, and unpacks local archives. For plain files of the context, COPY says it more clearly.',
  ],
  ARG: [
    'ARG name[=default]…',
    'A variable for the build, given with --build-arg. It is not set in a container, but can be seen in the image’s history: no place for secrets. Before the first FROM it can be used in FROM lines; a stage takes it up with ARG name.',
  ],
  CMD: [
    'CMD ["executable", "argument"…]',
    'What a container runs when nothing else is asked for, or the default arguments of ENTRYPOINT. Only the last one counts.',
  ],
  COPY: [
    'COPY [--flags] source… destination',
    'Copies files from the build context, or with --from from another stage or an image. A destination that ends in / is a folder.',
  ],
  ENTRYPOINT: [
    'ENTRYPOINT ["executable", "argument"…]',
    'The program of a container: what stands behind the image in docker run becomes its arguments. In the shell form it gets no signals and no arguments.',
  ],
  ENV: [
    'ENV name=value…',
    'Variables that are set in the rest of the stage, in stages made from it, and in containers.',
  ],
  EXPOSE: [
    'EXPOSE port[/tcp|/udp]…',
    'Says on which ports the program listens. It publishes none: that is done with -p, or -P for all of them, when a container is run.',
  ],
  FROM: [
    'FROM [--platform=platform] image [AS name]',
    'Begins a stage with an image, an earlier stage, or scratch for nothing. The last stage is what a build makes, unless --target names another.',
  ],
  HEALTHCHECK: [
    'HEALTHCHECK [--flags] CMD command',
    'How the engine asks whether a container works: 0 is healthy, 1 is not. NONE turns off the one of the base image.',
  ],
  LABEL: ['LABEL name=value…', 'Facts about the image, such as org.opencontainers.image.source.'],
  MAINTAINER: ['MAINTAINER name', 'Deprecated: LABEL org.opencontainers.image.authors says the same.'],
  ONBUILD: [
    'ONBUILD instruction',
    'Keeps an instruction for later: it runs right after the FROM of a build that is made from this image.',
  ],
  RUN: [
    'RUN [--flags] command',
    'Runs a command while the image is built, and keeps what it has changed as a layer. A heredoc (RUN <<EOF) holds a script of several lines.',
  ],
  SHELL: [
    'SHELL ["executable", "argument"…]',
    'The shell of RUN, CMD and ENTRYPOINT from here on: by default ["/bin/sh", "-c"].',
  ],
  STOPSIGNAL: [
    'STOPSIGNAL signal',
    'The signal that asks a container to end, such as SIGQUIT; by default SIGTERM.',
  ],
  USER: [
    'USER user[:group]',
    'Who runs the instructions from here on, and the container. A number works where the image has no such name.',
  ],
  VOLUME: [
    'VOLUME ["path"…]',
    'Paths that get a volume of their own in every container. What later instructions change below them may be lost.',
  ],
  WORKDIR: [
    'WORKDIR path',
    'The folder for the instructions from here on, and for the container. It is made when it is not there.',
  ],
};

/** By `INSTRUCTION --flag`, or by the flag where all mean the same. */
const flagDocs: Readonly<Record<string, string>> = {
  platform:
    'The platform to take of an image that has several, such as linux/arm64. $BUILDPLATFORM is that of the machine that builds.',
  from: 'Copies from a stage, by its name or number, from an image, or from a named context, instead of the build context.',
  chown: 'Owner and group of what is copied: user:group, names or numbers. Otherwise root owns it.',
  chmod: 'Permissions of what is copied, such as 755 or u=rw,go=r.',
  link: 'Makes a layer that does not depend on those before it, so it is kept when they change. Symbolic links in the destination are not followed.',
  parents: 'Keeps the folders of the sources below the destination; /./ marks where they begin.',
  exclude: 'Leaves out files that match a pattern. May be given several times.',
  checksum: 'The digest that a download must have, such as sha256:… or the commit of a Git source.',
  'keep-git-dir': 'Keeps the .git folder of a Git repository.',
  unpack: 'Whether archives are unpacked: by default local ones are, downloads are not.',
  mount:
    'Gives the command files that do not become part of the layer: a cache, a secret, an SSH agent, a folder of the context or of a stage.',
  network: 'The network of the command: default, none or host.',
  security: 'insecure runs without a sandbox, where the builder allows it.',
  device: 'A device (CDI) that the command may use.',
  interval: 'Time between two checks; by default 30s.',
  timeout: 'A check that takes longer has failed; by default 30s.',
  'start-period': 'Time to start up, in which a failed check does not count; by default 0s.',
  'start-interval': 'Time between two checks while starting up; by default 5s.',
  retries: 'How many checks in a row must fail; by default 3.',
};

const mountDocs: Readonly<Record<string, string>> = {
  type: 'bind (a folder of the context, a stage or an image), cache, tmpfs, secret or ssh.',
  from: 'The stage, image or named context that the files come from. No variables.',
  source: 'The path in what from names; by default its root. Of a secret, the file.',
  target: 'Where it is in the command’s file system.',
  readonly: 'Nothing can be written to it.',
  readwrite: 'It can be written to; of a bind mount the changes are dropped.',
  required: 'The build fails where there is no such secret or agent.',
  size: 'The most that it may hold.',
  id: 'Its name: caches of one id are the same; of a secret, the id in --secret.',
  sharing:
    'What happens when two builds use the cache: shared, private (each its own) or locked (one waits).',
  mode: 'Permissions, in octal digits.',
  uid: 'The owner’s number.',
  gid: 'The group’s number.',
  env: 'The variable that the secret is put in, instead of a file.',
};
const sameKeys: Readonly<Record<string, string>> = {
  src: 'source', dst: 'target', destination: 'target', ro: 'readonly', rw: 'readwrite',
}; // prettier-ignore

export const flagDoc = (name: string): string | undefined => own(flagDocs, name);
export const mountDoc = (key: string): string | undefined => own(mountDocs, own(sameKeys, key) ?? key);

function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** What usually listens on a port. */
export const wellKnownPorts: Readonly<Record<string, string>> = {
  22: 'SSH', 25: 'SMTP', 53: 'DNS', 80: 'HTTP', 443: 'HTTPS', 1433: 'SQL Server', 1883: 'MQTT', 2181: 'ZooKeeper',
  3000: 'HTTP', 3306: 'MySQL', 5000: 'HTTP', 5432: 'PostgreSQL', 5672: 'AMQP', 6379: 'Redis', 8080: 'HTTP', 8443: 'HTTPS',
  9000: 'HTTP', 9090: 'Prometheus', 9092: 'Kafka', 9200: 'Elasticsearch', 11211: 'Memcached', 27017: 'MongoDB',
}; // prettier-ignore
