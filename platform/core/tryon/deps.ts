import type { FreeAllowance } from "../credits/allowance.ts";
import type {
  Alerts,
  Clock,
  Engine,
  EventBus,
  ImageChecker,
  ImageFetcher,
  ImagePreparer,
  Logger,
  ObjectStore,
  Queue,
  Store,
} from "../ports.ts";
import type { SitePictures } from "../site/site-pictures.ts";
import type { TryOnSettings } from "./settings.ts";

/** What the try-on services are made of. */
export interface TryOnDeps {
  store: Store;
  objects: ObjectStore;
  queue: Queue;
  events: EventBus;
  engine: Engine;
  /** runs the jobs of test keys, which are free and without a daily limit; without it the engine does */
  testEngine?: Engine;
  /** runs merchants' free previews where the operator's engine is paid per call; without it the engine does */
  previewEngine?: Engine;
  /** what the landing page's try-on works with: its pictures, and the local engine whatever the operator chose */
  site?: { pictures: SitePictures; engine: Engine };
  checker: ImageChecker;
  preparer: ImagePreparer;
  fetcher: ImageFetcher;
  clock: Clock;
  log: Logger;
  alerts: Alerts;
  settings: TryOnSettings;
  allowance: FreeAllowance;
  /** this process, as the holder of leases */
  holder: string;
}
