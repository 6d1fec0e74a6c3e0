package io.barnabas.bench.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Apache Kafka 3.9.2 with its ZooKeeper, which runs beside it, on the processors of the load, and is not measured. */
public record ZooKeeperKafka(Path home) implements Launcher {
    public static final String NAME = "kafka-3.9.2";
    private static final String VERSION = "3.9.2";
    private static final String ZOOKEEPER_PROPERTIES = "zookeeper.properties";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare(Path directory, int port) throws IOException {
        int zooKeeperPort = port + 1;
        ApacheKafka.write(
                directory,
                List.of(
                        "broker.id=1",
                        "listeners=PLAINTEXT://127.0.0.1:" + port,
                        "zookeeper.connect=127.0.0.1:" + zooKeeperPort));
        Files.write(
                directory.resolve(ZOOKEEPER_PROPERTIES),
                List.of(
                        "dataDir=" + directory.resolve("zookeeper"),
                        "clientPort=" + zooKeeperPort,
                        "clientPortAddress=127.0.0.1",
                        "maxClientCnxns=0",
                        "admin.enableServer=false"));
    }

    @Override
    public Process startCompanion(Path directory) throws IOException, InterruptedException {
        List<String> command = List.of(
                ApacheKafka.java(),
                "-Xmx512M",
                "-Xms512M",
                "-cp",
                ApacheKafka.classPath(home, VERSION),
                "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                directory.resolve(ZOOKEEPER_PROPERTIES).toString());
        Process zooKeeper = new ProcessBuilder(Pins.LOAD.apply(command))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("zookeeper.log").toFile())
                .start();
        int port = clientPort(directory);
        while (!listens(port)) {
            if (!zooKeeper.isAlive()) {
                throw new IOException("ZooKeeper did not start; see " + directory.resolve("zookeeper.log"));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return zooKeeper;
    }

    private static int clientPort(Path directory) throws IOException {
        for (String line : Files.readAllLines(directory.resolve(ZOOKEEPER_PROPERTIES))) {
            if (line.startsWith("clientPort=")) {
                return Integer.parseInt(line.substring("clientPort=".length()));
            }
        }
        throw new IOException("no clientPort");
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public List<String> command(Path directory) {
        return ApacheKafka.command(home, VERSION, directory);
    }
}
