package io.barnabas.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Clients of many releases at once on one topic: each produces, each but those before 0.9 consumes, and in the end each
 * has to have read what all together sent. Arguments: bootstrap servers, topic, seconds of sending, codecs parted by
 * commas, then releases, each with an equals sign and the folder of its jars. Prints a line a consumer; exits with 1 where
 * something is missing, too much, or failed.
 */
public final class ClientMatrix {
    private static final long SECOND = 1_000_000_000L;
    private static final long LIMIT_SECONDS = 100;
    private static final String CLIENT = "io.barnabas.scenario.MatrixClient";
    private static final String ZSTD = "zstd";

    private final String bootstrap;
    private final String topic;
    private final List<String> codecs;
    private final List<ReleaseLoader> producers;
    private final List<ReleaseLoader> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final MatrixBoard board;

    private ClientMatrix(
            String bootstrap, String topic, long seconds, List<String> codecs, List<ReleaseLoader> releases) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.codecs = codecs;
        this.producers = releases;
        releases.stream().filter(one -> !one.release().startsWith("0.8")).forEach(consumers::add);
        this.board = new MatrixBoard(
                names(producers),
                names(consumers),
                System.nanoTime(),
                seconds * SECOND,
                (LIMIT_SECONDS + seconds) * SECOND);
    }

    public static void main(String[] arguments) throws Exception {
        List<ReleaseLoader> releases = new ArrayList<>();
        for (String described : Arrays.asList(arguments).subList(4, arguments.length)) {
            releases.add(new ReleaseLoader(described));
        }
        List<String> codecs = Arrays.asList(arguments[3].split(","));
        System.exit(
                new ClientMatrix(arguments[0], arguments[1], Long.parseLong(arguments[2]), codecs, releases).run()
                        ? 0
                        : 1);
    }

    private boolean run() throws InterruptedException {
        for (int i = 0; i < producers.size(); i++) {
            ReleaseLoader producer = producers.get(i);
            String codec = codecFor(i);
            start("producer " + producer.release(), () -> produce(producer, codec));
        }
        consumers.forEach(consumer -> start("consumer " + consumer.release(), () -> consume(consumer)));
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(board.acknowledged() + " records of " + producers.size() + " producers");
        boolean good = failures.isEmpty();
        for (ReleaseLoader consumer : consumers) {
            String verdict = board.verdict(consumer.release());
            good &= verdict.startsWith("ok");
            System.out.println(verdict);
        }
        failures.forEach(System.out::println);
        return good;
    }

    /** One after the other; zstd is for those who know it, 2.1 and later. */
    private String codecFor(int index) {
        String codec = codecs.get(index % codecs.size());
        String release = producers.get(index).release();
        boolean old = release.startsWith("0.") || release.startsWith("1.") || release.startsWith("2.0");
        return codec.equals(ZSTD) && old ? codecs.get(0) : codec;
    }

    private void produce(ReleaseLoader release, String codec) throws Exception {
        BooleanSupplier goesOn = () -> failures.isEmpty() && board.isToBeSent(System.nanoTime());
        IntConsumer acknowledged = number -> board.acknowledged(release.release(), number);
        try {
            release.call(
                    CLIENT,
                    "produce",
                    new Class<?>[] {
                        String.class, String.class, String.class, String.class, BooleanSupplier.class, IntConsumer.class
                    },
                    release.release(),
                    bootstrap,
                    topic,
                    codec,
                    goesOn,
                    acknowledged);
        } finally {
            board.endedSending();
        }
    }

    private void consume(ReleaseLoader release) throws Exception {
        BooleanSupplier goesOn = () -> failures.isEmpty() && board.isToBeRead(release.release(), System.nanoTime());
        BiConsumer<String, Integer> seen = (producer, number) -> board.read(release.release(), producer, number);
        release.call(
                CLIENT,
                "consume",
                new Class<?>[] {String.class, String.class, String.class, BooleanSupplier.class, BiConsumer.class},
                release.release(),
                bootstrap,
                topic,
                goesOn,
                seen);
    }

    /** What a client does. */
    private interface Work {
        void run() throws Exception;
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable failure) {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        cause.printStackTrace();
                        failures.add("failed " + name + ": " + cause);
                    }
                },
                name);
        threads.add(thread);
        thread.start();
    }

    private static List<String> names(List<ReleaseLoader> releases) {
        return releases.stream().map(ReleaseLoader::release).toList();
    }
}
