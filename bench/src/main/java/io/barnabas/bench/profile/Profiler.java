package io.barnabas.bench.profile;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.scenario.LifeScenario;
import io.barnabas.bench.scenario.LoadScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Records a turn that does not count, since recording costs something, and draws it: {@code <scenario>-<contender>.svg} and
 * the recordings beside it. Used by one thread.
 */
public final class Profiler {
    private final Path folder;
    private final Path settings;

    /** @param folder for all of it; it is made */
    public Profiler(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath().normalize());
        this.settings = this.folder.resolve("settings.jfc");
        Files.writeString(settings, Samples.settings(Runtime.version().feature()));
    }

    /** What is done between the start and the end of a recording. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Of a broker that is up. */
    public void record(LoadScenario load, Contender broker, Work work) throws IOException, InterruptedException {
        Path recordings = emptyFolder(load.name(), broker);
        broker.beginRecording(settings);
        work.run();
        broker.endRecording(recordings.resolve("load.jfr"));
        draw(load.name(), broker, recordings);
    }

    /** Of a broker that is started and ended meanwhile; what is killed leaves no recording. */
    public void record(LifeScenario life, Contender broker, Work work) throws IOException, InterruptedException {
        Path recordings = emptyFolder(life.name(), broker);
        broker.recordLives(settings, recordings);
        try {
            work.run();
        } finally {
            broker.recordNoLives();
        }
        draw(life.name(), broker, recordings);
    }

    private Path emptyFolder(String scenario, Contender broker) throws IOException {
        Path recordings = Files.createDirectories(folder.resolve(title(scenario, broker)));
        for (Path old : recordingsIn(recordings)) {
            Files.delete(old);
        }
        return recordings;
    }

    private void draw(String scenario, Contender broker, Path recordings) throws IOException {
        Stacks stacks = new Stacks();
        for (Path recording : recordingsIn(recordings)) {
            Samples.read(recording, stacks);
        }
        String title = title(scenario, broker);
        Files.writeString(folder.resolve(title + ".svg"), FlameGraph.of(title, stacks));
    }

    private static List<Path> recordingsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jfr")).toList();
        }
    }

    private static String title(String scenario, Contender broker) {
        return scenario + "-" + broker.name().replaceAll("[^\\w.-]+", "-");
    }
}
