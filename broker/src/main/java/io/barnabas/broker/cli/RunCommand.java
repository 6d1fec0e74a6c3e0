package io.barnabas.broker.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A broker with no settings at all, or with the few that people change; the rest stands in config/server.properties. */
@Command(
        name = "./barnabas run",
        description = "Starts a broker on localhost:9092, with a ZooKeeper of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {

    private final BrokerStart start;

    @Option(names = "--port", paramLabel = "<port>", description = "Listen on this port; 0 for any.")
    private Integer port;

    @Option(names = "--data", paramLabel = "<folder>", description = "Keep the data there.")
    private Path data;

    @Option(
            names = "--override",
            paramLabel = "<key=value>",
            description = "Set any key of server.properties; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    RunCommand(BrokerStart start) {
        this.start = start;
    }

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>();
        if (port != null) all.add("listeners=PLAINTEXT://:" + port);
        if (data != null) {
            all.add("log.dirs=" + data.resolve("kafka-logs"));
            all.add("barnabas.zookeeper.dir=" + data.resolve("zookeeper"));
        }
        all.addAll(overrides);
        return start.fromCheckout(all);
    }
}
