package io.barnabas.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much later than asked the system may wake a thread, so that it can wake several at once: 50 us unless told otherwise. */
final class TimerSlack {
    private TimerSlack() {}

    /** The calling thread is woken when it asked for; where the system has no such setting, as before. */
    static void none() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
            Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), "1");
        } catch (IOException noSuchSetting) {
            // Requests are then sent up to 50 us late, whichever broker they are for.
        }
    }
}
