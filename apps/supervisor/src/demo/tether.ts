/** Loaded before a program that knows nothing of supervisors: ends it when its supervisor has gone. */
process.once('disconnect', () => process.exit(0));
// Waiting for that must not keep the program alive.
process.channel?.unref();
