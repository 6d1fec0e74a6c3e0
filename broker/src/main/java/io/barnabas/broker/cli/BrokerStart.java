package io.barnabas.broker.cli;

import io.barnabas.config.BrokerKeys;
import io.barnabas.config.ConfigCheck;
import io.barnabas.config.ConfigProblem;
import io.barnabas.config.PropertiesFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a file to a running broker: reads it, says what is wrong with it, all at once, and launches. Runs on the main thread. */
final class BrokerStart {

    /** What watches Kafka's log looks for this name. */
    private static final Logger LOG = LoggerFactory.getLogger("kafka.Kafka$");

    private static final int FAILED = 1;

    private final Disk disk;
    private final Optional<Path> home;
    private final BrokerLauncher launcher;

    /** @param home the checkout, when the process was started from one */
    BrokerStart(Disk disk, Optional<Path> home, BrokerLauncher launcher) {
        this.disk = disk;
        this.home = home;
        this.launcher = launcher;
    }

    /** With the checkout's own file where there is one, and with all defaults otherwise. */
    int fromCheckout(List<String> overrides) {
        Optional<Path> file = home.map(folder -> folder.resolve("config").resolve("server.properties"));
        if (file.isPresent() && disk.exists(file.get())) return from(file.get(), overrides);
        return launch("the command line", PropertiesFile.of(Map.of()).withOverrides(overrides));
    }

    int from(Path file, List<String> overrides) {
        try {
            return launch(file.toString(), PropertiesFile.read(disk, file).withOverrides(overrides));
        } catch (NoSuchFileException missing) {
            LOG.error("Exiting Kafka due to fatal exception: there is no file {}", file);
        } catch (IOException unreadable) {
            LOG.error("Exiting Kafka due to fatal exception: {} cannot be read: {}", file, unreadable.toString());
        }
        return FAILED;
    }

    private int launch(String source, PropertiesFile file) {
        ConfigCheck check = withDataInTheCheckout(file).check();
        for (String warning : check.warnings()) LOG.warn("{} ({})", warning, source);
        if (!check.problems().isEmpty()) {
            LOG.error("Exiting Kafka due to fatal exception: {} cannot be used:{}", source, listed(check.problems()));
            return FAILED;
        }
        return launcher.launch(check.config());
    }

    /** Kafka's default lies in a folder that the system empties now and then. */
    private PropertiesFile withDataInTheCheckout(PropertiesFile file) {
        boolean isNamed = file.values().containsKey(BrokerKeys.LOG_DIR.name());
        if (home.isEmpty() || isNamed) return file;
        Path data = home.get().resolve(".barnabas").resolve("data");
        return file.withDefault(BrokerKeys.LOG_DIRS, data.resolve("kafka-logs").toString());
    }

    private static String listed(List<ConfigProblem> problems) {
        StringBuilder lines = new StringBuilder();
        for (ConfigProblem problem : problems)
            lines.append(System.lineSeparator()).append("  ").append(problem.forPeople());
        return lines.toString();
    }
}
