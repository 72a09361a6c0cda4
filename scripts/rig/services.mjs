// What tests and lessons stand on: an engine, and a registry that holds the lesson images.
import path from 'node:path';
import { engineForTests } from './engine.mjs';
import { lessonImages } from './lessons.mjs';
import { which } from './processes.mjs';
import { pushImage, startRegistry } from './registry.mjs';

/**
 * For tests. No registry where its programs are not installed: tests that pull skip there and say so.
 * @param {string} folder for their files
 */
export async function startServices(folder) {
  const { engine, stop } = await engineForTests(path.join(folder, 'engine'));
  const registry = await startLessonRegistry(path.join(folder, 'registry'));
  return {
    engine,
    registry: registry?.registry,
    stop: async () => {
      await registry?.stop();
      await stop();
    },
  };
}

/** @param {string} folder for its files */
export async function startLessonRegistry(folder) {
  if (!(await which('docker-registry')) || !(await which('busybox'))) return undefined;
  const started = await startRegistry(folder);
  for (const [name, image] of Object.entries(await lessonImages())) {
    await pushImage(started.registry, name, image);
  }
  return started;
}
