package io.barnabas.bench.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A kind of broker: how one is made ready in an empty directory, and the command that starts it. */
public interface Launcher {
    String name();

    /** Writes the configuration, and whatever else has to be there before the broker is started. */
    void prepare(Path directory, int port) throws IOException, InterruptedException;

    List<String> command(Path directory);

    /** Starts what the broker needs beside it and which is not measured; null when there is nothing. */
    default Process startCompanion(Path directory) throws IOException, InterruptedException {
        return null;
    }
}
