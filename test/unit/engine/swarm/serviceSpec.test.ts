import { expect, test } from 'vitest';
import { nodePlatform } from '../../../../src/engine/swarm/serviceSpec';

test.each([
  [
    { architecture: 'amd64', os: 'linux' },
    { Architecture: 'amd64', OS: 'linux' },
  ],
  [
    { architecture: 'arm64', os: 'linux' },
    { Architecture: 'arm64', OS: 'linux' },
  ],
  // Nodes say armv7l and the like.
  [
    { architecture: 'arm', os: 'linux' },
    { Architecture: '', OS: 'linux' },
  ],
])('the platform %j of an image is that of nodes', (platform, expected) => {
  expect(nodePlatform(platform)).toEqual(expected);
});
