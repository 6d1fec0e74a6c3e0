package io.barnabas.log.crash;

import io.barnabas.log.PartitionLog;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.disk.Crash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** What is checked when a start after a crash is done; the models go on from what was found. */
final class Aftermath {
    private Aftermath() {}

    static void check(Life life, Disk disk, Models models, Crash crash, RandomGenerator random) {
        for (PartitionModel model : models.all()) {
            PartitionLog log = life.manager().logFor(model.name);
            try {
                if (log == null) {
                    Violation.check(model.owed(crash).isEmpty(), "%s is gone, with %s", model.name, model.owed(crash));
                    model.deleted();
                } else {
                    adopt(model, log, crash, random);
                    checkFiles(disk, log);
                }
            } catch (IOException | RuntimeException failure) {
                throw new Violation(model.name + ": " + failure, failure);
            }
        }
        life.checkHealth();
    }

    private static void adopt(PartitionModel model, PartitionLog log, Crash crash, RandomGenerator random)
            throws IOException {
        WrittenBatch last = model.config.compact()
                ? new CompactedLogCheck(model, log).run(crash)
                : new RecoveredLogCheck(model, log, random).run(crash);
        model.adopt(last, log.topicId(), log.logStartOffset(), log.logEndOffset());
    }

    /** Nothing half done is left. */
    private static void checkFiles(Disk disk, PartitionLog log) throws IOException {
        for (Path file : disk.list(log.path())) {
            String name = file.getFileName().toString();
            Violation.check(!name.endsWith(".cleaned") && !name.endsWith(".swap"), "%s was left behind", file);
        }
    }
}
