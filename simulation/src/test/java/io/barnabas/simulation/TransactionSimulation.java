package io.barnabas.simulation;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.replication.Partition;
import io.barnabas.simulation.ProducerRequests.Protocol;
import io.barnabas.testkit.FaultyDisk;
import io.barnabas.testkit.Seeds;
import io.barnabas.testkit.SimulatedTime;
import io.barnabas.testkit.disk.SimulatedDisk;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.OffsetFetchResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A broker, producers in transactions and readers of committed records in one thread, from one seed. The broker is
 * killed between any two steps and in the middle of writing, stopped and started, and loses leadership; producers
 * vanish, hesitate and come in twos; messages get lost, come twice and late. After every event the readers look. In the
 * end everything heals, producers vanish, and what is open must come to an end by itself.
 */
final class TransactionSimulation {
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 3;
    private static final int MOST_TROUBLE_PERCENT = 15;
    private static final int CHAOS_MS = 20_000;
    /** Longer than a transaction may take, than the latest message is late, and than the broker needs to look. */
    private static final int CALM_MS = 30_000;

    private final SimulatedTime time = new SimulatedTime();
    private final RandomGenerator random;
    private final Seams seams;
    private final SimulatedDisk memory = new SimulatedDisk(time);
    private final FaultyDisk disk = new FaultyDisk(memory);
    private final SimulatedController controller = new SimulatedController(INPUTS, OUTPUTS);
    private final Ledger ledger = new Ledger();
    private final Connection connection;
    private final Map<TopicPartition, PartitionWatch> watches = new TreeMap<>();
    private final List<Producer> producers = new ArrayList<>();
    private final Producer[] newest = new Producer[INPUTS];
    private final List<Protocol> protocols;
    private final int crashEvery;
    private SimulatedBroker broker;
    private Throwable complaint;
    private boolean calm;
    private int eventsUntilCrash = Integer.MAX_VALUE;
    private long events;
    private int crashes;
    private long trace;

    /** What happened in a run; the same seed gives the same. */
    record Summary(int transactions, long committed, int crashes, long events, long trace) {}

    private TransactionSimulation(long seed, Seams seams) {
        this.random = Seeds.random(seed);
        this.seams = seams;
        this.connection = new Connection(time, random, () -> broker, random.nextInt(1, MOST_TROUBLE_PERCENT));
        this.protocols = List.of(
                        List.of(Protocol.FIRST), List.of(Protocol.SECOND), List.of(Protocol.FIRST, Protocol.SECOND))
                .get(random.nextInt(3));
        this.crashEvery = random.nextInt(50, 2_000);
        for (TopicPartition partition : controller.partitions()) {
            if (partition.topic().equals(SimulatedController.OUTPUT)) {
                watches.put(partition, new PartitionWatch(ledger::saw));
            } else if (partition.topic().equals(GroupCoordinator.TOPIC)) {
                watches.put(partition, new PartitionWatch(offset -> {}));
            }
        }
    }

    /** @throws Violation when something happened that must not */
    static Summary run(long seed) {
        return run(seed, Seams.NONE);
    }

    static Summary run(long seed, Seams seams) {
        TransactionSimulation simulation = new TransactionSimulation(seed, seams);
        simulation.run();
        return new Summary(
                simulation.ledger.transactions(),
                simulation.ledger.confirmed(),
                simulation.crashes,
                simulation.events,
                simulation.trace);
    }

    private void run() {
        startBroker();
        for (int input = 0; input < INPUTS; input++) {
            startProducer(input);
        }
        scheduleTrouble();
        advanceFor(CHAOS_MS);
        calmDown();
        advanceFor(CALM_MS);
        checkThatNothingIsOpen();
        ledger.settle(committedOffsets());
        checkComplaint();
    }

    private void advanceFor(long millis) {
        long end = time.nowMs() + millis;
        time.schedule(millis, () -> {});
        while (time.nowMs() < end && time.advanceToNextTask()) {
            afterEvent();
        }
    }

    private void afterEvent() {
        events++;
        trace = 31 * trace + time.nowMs();
        if (broker == null) {
            return;
        }
        if (disk.faultReached()) {
            killBroker();
            return;
        }
        checkComplaint();
        watches.forEach((name, watch) -> {
            Partition partition = broker.led(name);
            if (partition != null) {
                watch.look(partition.log());
                trace = 31 * trace + watch.stableOffset();
            }
        });
        if (!calm && --eventsUntilCrash <= 0) {
            killBroker();
        }
    }

    private void checkComplaint() {
        if (complaint instanceof RuntimeException violation) {
            throw violation;
        }
    }

    // --- The broker -------------------------------------------------------------------------------------------------

    private void startBroker() {
        disk.heal();
        memory.processDied();
        plan();
        broker = new SimulatedBroker(
                time, random, disk, disk::faultReached, seams, controller::nextBlock, this::complain);
        try {
            broker.start();
            controller.assignAll(broker);
        } catch (IOException | RuntimeException failure) {
            if (!disk.faultReached()) {
                throw new Violation("the broker does not start", failure);
            }
        }
    }

    /** What is said while the disk is dying does not count. */
    private void complain(Throwable what) {
        if (!disk.faultReached() && complaint == null) {
            complaint = what;
        }
    }

    /** The next death comes between two events, or in the midst of one: at one of its changes to the disk. */
    private void plan() {
        eventsUntilCrash = Integer.MAX_VALUE;
        if (calm) {
            return;
        }
        if (random.nextBoolean()) {
            eventsUntilCrash = random.nextInt(1, crashEvery);
        } else {
            disk.failFrom(random.nextInt(1, crashEvery));
        }
    }

    private void killBroker() {
        crashes++;
        broker.die();
        broker = null;
        time.schedule(random.nextInt(1, 1_000), this::startBroker);
    }

    private void stopBroker() {
        if (broker != null) {
            SimulatedBroker stopping = broker;
            stopping.close();
            broker = null;
            time.schedule(random.nextInt(1, 500), this::startBroker);
        }
    }

    private void scheduleTrouble() {
        time.schedule(random.nextInt(200, 6_000), () -> {
            if (!calm) {
                trouble();
                scheduleTrouble();
            }
        });
    }

    private void trouble() {
        switch (random.nextInt(4)) {
            case 0 -> stopBroker();
            case 1 -> moveLeadership();
            case 2 -> replaceProducer(random.nextInt(INPUTS));
            default -> deleteRecords();
        }
    }

    private void moveLeadership() {
        if (broker == null) {
            return;
        }
        SimulatedBroker of = broker;
        List<TopicPartition> all = controller.partitions();
        TopicPartition partition = all.get(random.nextInt(all.size()));
        controller.moveAway(of, partition);
        time.schedule(random.nextInt(1, 800), () -> {
            if (broker == of) {
                controller.moveBack(of, partition);
            }
        });
    }

    /** Only what readers have had. */
    private void deleteRecords() {
        for (Map.Entry<TopicPartition, PartitionWatch> watched : watches.entrySet()) {
            Partition partition = broker == null ? null : broker.led(watched.getKey());
            boolean output = watched.getKey().topic().equals(SimulatedController.OUTPUT);
            if (partition != null && output && random.nextBoolean()) {
                partition.deleteRecordsBefore(random.nextLong(watched.getValue().stableOffset() + 1));
            }
        }
    }

    // --- Producers --------------------------------------------------------------------------------------------------

    private void startProducer(int input) {
        if (calm) {
            return;
        }
        Producer[] self = new Producer[1];
        self[0] = new Producer(
                new ProducerRequests("id-" + input, protocols.get(random.nextInt(protocols.size()))),
                input,
                OUTPUTS,
                time,
                random,
                connection,
                ledger,
                () -> ended(input, self[0]));
        producers.add(self[0]);
        newest[input] = self[0];
        self[0].start();
    }

    private void ended(int input, Producer producer) {
        if (newest[input] == producer) {
            time.schedule(random.nextInt(1, 500), () -> {
                if (newest[input] == producer) {
                    startProducer(input);
                }
            });
        }
    }

    /** The old one is gone, or knows nothing of the new one. */
    private void replaceProducer(int input) {
        if (random.nextBoolean()) {
            newest[input].stop();
        }
        startProducer(input);
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    private void calmDown() {
        calm = true;
        connection.heal();
        producers.forEach(Producer::stop);
        if (broker != null && disk.faultReached()) {
            killBroker();
        }
        disk.heal();
        if (broker != null) {
            controller.assignAll(broker);
        }
    }

    private void checkThatNothingIsOpen() {
        for (TopicPartition name : controller.partitions()) {
            Partition partition = broker.led(name);
            if (partition == null) {
                throw new Violation(name + " is not led");
            }
            long stable = partition.log().lastStableOffset();
            long end = partition.log().logEndOffset();
            if (stable < end) {
                throw new Violation(
                        "a transaction is open for ever in " + name + ": stable up to " + stable + " of " + end);
            }
        }
    }

    private Map<Integer, Long> committedOffsets() {
        Map<Integer, Long> committed = new TreeMap<>();
        for (int i = 0; i < INPUTS; i++) {
            int input = i;
            ProducerRequests.Request request = ProducerRequests.offset(input);
            connection.send(request.version(), request.message(), request.lateness(), message -> {
                OffsetFetchResponse response = (OffsetFetchResponse) message;
                if (response == null || Producer.errorOf(response) != ErrorCode.NONE) {
                    throw new Violation("the offset of input " + input + " is not told: " + response);
                }
                committed.put(input, Math.max(0, Producer.committedOffset(response)));
            });
        }
        advanceFor(1_000);
        if (committed.size() < INPUTS) {
            throw new Violation("committed offsets are not told: " + committed);
        }
        return committed;
    }
}
