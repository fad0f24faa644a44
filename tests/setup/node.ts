// Chromium has Temporal natively; Node 20 does not. Only tests running in Node need this.
import 'temporal-polyfill/global';
