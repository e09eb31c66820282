import type { TestService } from './open-service.js';
import { openService } from './open-service.js';
import type { Scene } from './scene.js';
import { openScene } from './scene.js';

/** A scene on one database that two processes' worth of service answer for. */
export interface TwoNodes extends Scene {
  readonly second: TestService;
  /** By turns the one and the other. */
  nodeOf(index: number): TestService;
  restartSecond(): Promise<void>;
}

/** @param changes of the first one */
export async function openTwoNodes(...[open, changes]: Parameters<typeof openScene>): Promise<TwoNodes> {
  const scene = await openScene(open, changes);
  const start = () => openService(scene.database, { sharing: scene.service });
  let second = await start();
  return {
    ...scene,
    get second() {
      return second;
    },
    nodeOf: (index) => (index % 2 === 0 ? scene.service : second),
    async restartSecond() {
      await second.close();
      second = await start();
    },
    async close() {
      await second.close();
      await scene.close();
    },
  };
}
