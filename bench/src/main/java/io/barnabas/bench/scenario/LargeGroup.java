package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.broker.Pins;
import io.barnabas.bench.broker.ProcessFigures;
import io.barnabas.bench.load.GroupMember;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.report.Figure;
import io.barnabas.bench.report.Sheet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A group of the classic protocol forms, and then rebalances again and again, because all members want something new. */
record LargeGroup(int members) implements LifeScenario.Run {
    private static final int WARM_UPS = 10;
    private static final int ROUNDS = 20;

    @Override
    public void run(Contender broker, Sheet sheet) throws IOException, InterruptedException {
        broker.exec(Pins.BROKER);
        List<GroupMember> group = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(members);
        try (RawConnection connection = broker.connect()) {
            Topic.create(connection, "shared", members);
            GroupMember.awaitCoordinator(connection, "bench");
            for (int i = 0; i < members; i++) {
                group.add(new GroupMember(RawConnection.open(broker.address()), "bench"));
            }
            sheet.add(Figure.GROUP_FORMED, round(threads, group));
            for (int i = 0; i < WARM_UPS; i++) {
                round(threads, group);
            }
            ProcessFigures before = broker.figures();
            for (int i = 0; i < ROUNDS; i++) {
                sheet.add(Figure.REBALANCE, round(threads, group));
            }
            sheet.add(Figure.CPU_PER_REBALANCE, broker.figures().cpuSecondsSince(before) * 1_000 / ROUNDS);
            sheet.add(Figure.RESIDENT, broker.figures().residentMb());
        } finally {
            threads.shutdown();
            for (GroupMember member : group) {
                member.close();
            }
        }
    }

    /** All join, and have their assignments; in milliseconds. */
    private static double round(ExecutorService threads, List<GroupMember> group)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Callable<Integer>> joins = new ArrayList<>();
        group.forEach(member -> joins.add(member::rejoin));
        List<Future<Integer>> generations = threads.invokeAll(joins);
        double millis = (System.nanoTime() - begin) / 1e6;
        try {
            int generation = generations.get(0).get();
            for (Future<Integer> other : generations) {
                if (other.get() != generation) {
                    throw new IOException("generations " + generation + " and " + other.get() + " in one round");
                }
            }
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        }
        return millis;
    }
}
