package io.barnabas.broker.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Kafka's own form: a file, and overrides of it. */
@Command(name = "kafka-server-start.sh", versionProvider = Version.class)
final class StartCommand implements Callable<Integer> {

    static final String USAGE =
            "USAGE: java [options] io.barnabas.broker.BarnabasMain server.properties [--override property=value]*";

    private final BrokerStart start;

    @Spec
    private CommandSpec spec;

    @Parameters
    private List<String> files = new ArrayList<>();

    @Option(names = "--override")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--version", versionHelp = true)
    private boolean version;

    StartCommand(BrokerStart start) {
        this.start = start;
    }

    @Override
    public Integer call() {
        if (files.isEmpty()) throw new ParameterException(spec.commandLine(), "No properties file is named");
        if (files.size() > 1)
            throw new ParameterException(
                    spec.commandLine(),
                    "Found non argument parameters: " + String.join(",", files.subList(1, files.size())));
        return start.from(Path.of(files.get(0)), overrides);
    }
}
