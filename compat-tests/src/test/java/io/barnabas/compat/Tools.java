package io.barnabas.compat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stock console tools of a release, pointed at a broker. The classes behind the scripts moved between releases. */
public final class Tools {
    private final String release;
    private final String address;

    public Tools(String release, BrokerAddress broker) {
        this.release = release;
        this.address = broker.address();
    }

    public Program topics(String... arguments) {
        return tool(isOld() ? "kafka.admin.TopicCommand" : "org.apache.kafka.tools.TopicCommand", arguments);
    }

    public Program consoleProducer(String... arguments) {
        return release.startsWith("4")
                ? tool("org.apache.kafka.tools.ConsoleProducer", arguments)
                : brokerList("kafka.tools.ConsoleProducer", arguments);
    }

    public Program consoleConsumer(String... arguments) {
        return tool(
                isOld() ? "kafka.tools.ConsoleConsumer" : "org.apache.kafka.tools.consumer.ConsoleConsumer", arguments);
    }

    public Program groups(String... arguments) {
        return tool(
                isOld()
                        ? "kafka.admin.ConsumerGroupCommand"
                        : "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
                arguments);
    }

    public Program transactions(String... arguments) {
        return tool("org.apache.kafka.tools.TransactionsCommand", arguments);
    }

    public Program configs(String... arguments) {
        return tool("kafka.admin.ConfigCommand", arguments);
    }

    public Program deleteRecords(String... arguments) {
        return tool(
                isOld() ? "kafka.admin.DeleteRecordsCommand" : "org.apache.kafka.tools.DeleteRecordsCommand",
                arguments);
    }

    public Program logDirs(String... arguments) {
        return tool("org.apache.kafka.tools.LogDirsCommand", arguments);
    }

    public Program apiVersions() {
        return tool(
                release.startsWith("4")
                        ? "org.apache.kafka.tools.BrokerApiVersionsCommand"
                        : "kafka.admin.BrokerApiVersionsCommand");
    }

    /** The tool of 2.1 only knows {@code --broker-list}. */
    public Program offsets(String... arguments) {
        return isOld()
                ? brokerList("kafka.tools.GetOffsetShell", arguments)
                : tool("org.apache.kafka.tools.GetOffsetShell", arguments);
    }

    public Program producerPerformance(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--producer-props", "bootstrap.servers=" + address));
        return program("org.apache.kafka.tools.ProducerPerformance", all);
    }

    public Program consumerPerformance(String... arguments) {
        return isOld()
                ? brokerList("kafka.tools.ConsumerPerformance", arguments)
                : tool("org.apache.kafka.tools.ConsumerPerformance", arguments);
    }

    /** Any tool class with {@code --bootstrap-server} and the arguments. */
    public Program tool(String mainClass, String... arguments) {
        return withAddress("--bootstrap-server", mainClass, arguments);
    }

    /** Any class of the release, with just these arguments. */
    public Program plain(String mainClass, String... arguments) {
        return program(mainClass, Arrays.asList(arguments));
    }

    private Program brokerList(String mainClass, String... arguments) {
        return withAddress("--broker-list", mainClass, arguments);
    }

    private Program withAddress(String option, String mainClass, String... arguments) {
        List<String> all = new ArrayList<>(List.of(option, address));
        all.addAll(Arrays.asList(arguments));
        return program(mainClass, all);
    }

    private Program program(String mainClass, List<String> arguments) {
        return Program.java(Home.classPath("tools-" + release), mainClass, arguments.toArray(String[]::new));
    }

    private boolean isOld() {
        return release.startsWith("0") || release.startsWith("1") || release.startsWith("2");
    }
}
