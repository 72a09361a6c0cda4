import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunLine } from '../../../src/engine/run/commandLine/parse';
import { runArguments } from '../../../src/engine/run/commandLine/print';
import type { RunSpec } from '../../../src/engine/run/spec';
import { fromInspect } from '../../../src/engine/run/inspect/fromInspect';
import { ask, baseImage, build, docker, removeLabelled } from '../../rig/engine';

const LABEL = 'run-inspect';
const NETWORK = 'quayside-run-inspect';
const BASE = 'quayside-test/base:latest';
const RICH = 'quayside-test/run-inspect:latest';
const RICH_DOCKERFILE = `FROM ${BASE}
ENV COLOUR=green SIZE=big
LABEL com.example.kind=rich
EXPOSE 80 443/tcp
VOLUME /from-image
WORKDIR /srv
USER 1000
STOPSIGNAL SIGINT
HEALTHCHECK --interval=7s --retries=4 CMD true
ENTRYPOINT ["echo", "from", "image"]
CMD ["hello"]
`;

/** Lines in the spelling that comes back from an inspection, without the name and the label of the test. */
const LINES = [
  BASE,
  `${BASE} ls -l`,
  `-it ${BASE}`,
  `-i ${BASE}`,
  `-i -a stdout ${BASE}`,
  `-i -a stdin ${BASE}`,
  `--rm ${BASE}`,
  `-p 80 -p 8080:81/udp -p 127.0.0.1:8081:82 -p [::1]:8082:83 --expose 90/udp ${BASE}`,
  `-p 7000-7003:84 -P ${BASE}`,
  `-v quayside-run-inspect:/data:ro -v /tmp:/tmp2 -v /anonymous ${BASE}`,
  `--mount type=bind,source=/tmp,target=/b,readonly,bind-propagation=rslave,bind-nonrecursive ${BASE}`,
  `--mount 'type=tmpfs,target=/t,tmpfs-size=1048576,tmpfs-mode=1770' --tmpfs /run:size=1m --tmpfs /x ${BASE}`,
  `-e A=1 -e "B=two words" -e C= --label com.example.x=y ${BASE}`,
  `-e COLOUR=red --label com.example.kind=plain ${RICH}`,
  `--entrypoint ls ${RICH} hello`,
  `--entrypoint '' ${RICH} ls`,
  `-u 0 -w /tmp --stop-signal SIGTERM --stop-timeout 0 ${RICH}`,
  `${RICH} other words`,
  `--no-healthcheck ${RICH}`,
  `--health-interval 9s ${RICH}`,
  `--health-cmd 'ls | wc' --health-timeout 1m30s --health-start-period 300ms --health-retries 2 ${BASE}`,
  `-h box --domainname example.com --add-host db:10.0.0.1 --dns 1.1.1.1 --dns-option ndots:1 --dns-search a.b ${BASE}`,
  `--network none ${BASE}`,
  `--network host ${BASE}`,
  `--network ${NETWORK} --network-alias one --network-alias two --ip 10.213.7.9 ${BASE}`,
  `--mac-address 92:d0:c6:0a:29:33 ${BASE}`,
  `--restart unless-stopped ${BASE}`,
  `--restart on-failure:3 ${BASE}`,
  `--memory 64m --memory-reservation 32m --memory-swap -1 --memory-swappiness 10 --shm-size 1m ${BASE}`,
  `--memory 1000000000 --cpus 0.5 --cpu-shares 512 --cpuset-cpus 0 --pids-limit 10 --oom-score-adj 5 ${BASE}`,
  `--cpu-period 100000 --cpu-quota 50000 ${BASE}`,
  `--ulimit core=-1 --ulimit nofile=10:20 --ulimit nproc=30 ${BASE}`,
  `--device /dev/null --device /dev/zero:/dev/z --device /dev/full:r --device-cgroup-rule 'c 1:3 mr' ${BASE}`,
  `--device-read-bps /dev/null:1024 --device-write-iops /dev/null:5 ${BASE}`,
  `--gpus all --gpus 'device=0,"capabilities=compute,utility"' ${BASE}`,
  `--privileged --read-only ${BASE}`,
  `--init=false ${BASE}`,
  `--init --cap-add NET_ADMIN --cap-drop ALL --group-add 12 --sysctl net.core.somaxconn=1024 ${BASE}`,
  `--security-opt no-new-privileges --security-opt seccomp=unconfined --security-opt systempaths=unconfined ${BASE}`,
  `--pid host --ipc host --uts host ${BASE}`,
  `--ipc shareable ${BASE}`,
  `--log-driver none ${BASE}`,
  `--log-driver json-file --log-opt max-size=1m --log-opt max-file=2 ${BASE}`,
];

beforeAll(async () => {
  await removeLabelled(LABEL);
  await baseImage(BASE);
  await build(RICH, RICH_DOCKERFILE);
  const labels = ['--label', `dev.quayside.test=${LABEL}`];
  await docker('network', 'create', ...labels, '--subnet', '10.213.7.0/24', NETWORK);
  await docker('volume', 'create', ...labels, 'quayside-run-inspect');
});

afterAll(async () => {
  await removeLabelled(LABEL);
  await docker('image', 'rm', '-f', RICH);
});

describe('an inspected container', () => {
  it.each(LINES)('gives back: %s', async (line) => {
    const first = await created(runArguments(parseRunLine(`docker run ${line}`).spec));
    const image = await ask('GET', `/images/${first.Image}/json`);
    const { name, labels, ...spec } = fromInspect(first, image);
    expect(name).toBe(first.Name.slice(1));
    const { labels: given, ...asked } = parseRunLine(`docker run ${line}`).spec;
    expect(inOrder(spec)).toEqual(inOrder(asked));
    expect({ ...labels }).toEqual({ ...given, 'dev.quayside.test': LABEL });

    // And the line made of it makes the engine do the same again.
    const second = await created(runArguments({ ...spec, ...(given && { labels: given }) }));
    expect(comparable(second)).toEqual(comparable(first));
  });
});

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly Config: Record<string, unknown>;
  readonly HostConfig: Record<string, unknown>;
  readonly NetworkSettings: { readonly Networks: Record<string, Record<string, unknown>> };
}

async function created(args: readonly string[]): Promise<Inspected> {
  const id = (await docker('create', '--label', `dev.quayside.test=${LABEL}`, ...args)).trim();
  return (await ask('GET', `/containers/${id.split('\n').at(-1) ?? ''}/json`)) as Inspected;
}

/** The CLI keeps volumes and variables in Go maps, whose order is random. */
function inOrder(spec: Partial<RunSpec>): Partial<RunSpec> {
  return { ...spec, ...(spec.volumes && { volumes: spec.volumes.toSorted() }) };
}

function comparable({ Config, HostConfig, NetworkSettings }: Inspected): unknown {
  const { Hostname, Env, ...config } = Config;
  const { Binds, ...host } = HostConfig;
  const sorted = [Env, Binds].map((list) => (Array.isArray(list) ? list.toSorted() : list));
  const networks = Object.entries(NetworkSettings.Networks).map(([name, { IPAMConfig }]) => [
    name,
    IPAMConfig,
  ]);
  const hostname = /^[0-9a-f]{12}$/.test(String(Hostname)) || Hostname;
  return { config, host, sorted, hostname, networks };
}
