package io.barnabas.compat.powercut;

import io.barnabas.compat.BrokerProcess;
import io.barnabas.compat.Program;
import io.barnabas.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Cuts the power of a busy broker again and again: the process is stopped where it is, its file system ends, both start
 * again. What was acknowledged has to be there, logs, groups and all. The broker acknowledges what is durable only.
 */
final class PowerCuts {
    private static final int FEWEST_RECORDS_BETWEEN_CUTS = 200;
    private static final int LONGEST_PAUSE_MS = 400;

    private final Path directory;
    private final String type;
    private final int cuts;
    private final RandomGenerator random = Seeds.random(Long.getLong("barnabas.chaos.seed", 1));
    private final List<Long> mountMs = new ArrayList<>();
    private final List<Long> startMs = new ArrayList<>();

    PowerCuts(Path directory, String type, int cuts) {
        this.directory = directory;
        this.type = type;
        this.cuts = cuts;
    }

    /** What happened, for a reader. */
    record Report(String type, int cuts, int acknowledged, List<Long> mountMs, List<Long> startMs) {
        @Override
        public String toString() {
            return type + ": " + cuts + " power cuts, " + acknowledged
                    + " records acknowledged, none lost; mount after a cut: " + spread(mountMs)
                    + "; broker from exec to serving, recovery included: " + spread(startMs);
        }

        private static String spread(List<Long> times) {
            List<Long> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            return "median " + sorted.get(sorted.size() / 2) + " ms, 99th percentile "
                    + sorted.get((sorted.size() - 1) * 99 / 100) + " ms, longest " + sorted.get(sorted.size() - 1)
                    + " ms";
        }
    }

    Report run() throws Exception {
        try (LoopFileSystem disk = LoopFileSystem.make(directory, type);
                BrokerProcess broker = BrokerProcess.in(directory.resolve(type + "-process"))
                        .with("log.dirs", disk.path().resolve("logs").toString())
                        .with(
                                "barnabas.zookeeper.dir",
                                disk.path().resolve("zookeeper").toString())
                        .with("barnabas.durable.acks", "true")
                        .with("offsets.topic.num.partitions", "4")
                        .with("log.cleaner.backoff.ms", "200")
                        .with("log.segment.delete.delay.ms", "500")
                        .start();
                Traffic traffic = new Traffic(broker.address(), random)) {
            Survivors survivors = new Survivors(broker.address());
            traffic.start();
            for (int cut = 1; cut <= cuts; cut++) {
                letWork(traffic);
                cut(broker, disk);
                Survivors.Before before = Survivors.Before.of(traffic.acknowledged());
                restart(broker, disk);
                check(survivors, before, broker);
                traffic.checkHealth();
                if (cut % 10 == 0) {
                    System.out.println(type + ": " + cut + " power cuts, "
                            + before.numbers().cardinality() + " records, last start " + startMs.get(startMs.size() - 1)
                            + " ms");
                }
            }
            traffic.close();
            survivors.readAllAgain();
            survivors.check(Survivors.Before.of(traffic.acknowledged()));
            return new Report(type, cuts, traffic.acknowledged().count(), mountMs, startMs);
        }
    }

    private static void check(Survivors survivors, Survivors.Before before, BrokerProcess broker) throws Exception {
        try {
            survivors.check(before);
        } catch (AssertionError lost) {
            throw new AssertionError(lost.getMessage() + "; the broker says:\n" + broker.log(), lost);
        }
    }

    /** Until something is acknowledged again, and then for a random while. */
    private void letWork(Traffic traffic) throws InterruptedException {
        int before = traffic.acknowledged().count();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (traffic.acknowledged().count() < before + FEWEST_RECORDS_BETWEEN_CUTS) {
            traffic.checkHealth();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing is acknowledged any more");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS));
    }

    private static void cut(BrokerProcess broker, LoopFileSystem disk) {
        Program.of("kill", "-STOP", Long.toString(broker.process().pid())).run().expectSuccess();
        disk.cutPower();
        broker.kill();
        disk.unmount();
    }

    private void restart(BrokerProcess broker, LoopFileSystem disk) {
        long begin = System.nanoTime();
        disk.mount();
        long mounted = System.nanoTime();
        broker.start();
        mountMs.add(TimeUnit.NANOSECONDS.toMillis(mounted - begin));
        startMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - mounted));
    }
}
