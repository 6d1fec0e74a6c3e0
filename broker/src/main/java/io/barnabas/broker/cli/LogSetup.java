package io.barnabas.broker.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.util.Map;

/**
 * Where log lines go when nobody says otherwise: to the console and, when {@code kafka.logs.dir} names a folder, to server.log
 * there, in lines that look as Kafka's. Called by logback, once. The same as config/logback-example.xml, without the time
 * that reading a file takes.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final String LINE = "[%d{\"yyyy-MM-dd HH:mm:ss,SSS\"}] %level %msg \\(%logger\\)%n";
    private static final int HOURS_KEPT = 168;
    private static final String BYTES_KEPT = "1GB";
    /** They tell about every connection; what matters of it the broker says itself. */
    private static final Map<String, Level> LEVELS = Map.of(
            "org.apache.zookeeper", Level.WARN,
            "org.apache.zookeeper.server.ServerCnxnFactory", Level.ERROR,
            "org.apache.zookeeper.ClientCnxn", Level.ERROR,
            "org.apache.curator", Level.WARN,
            "io.netty", Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (hasFileOfItsOwn()) return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        configure(loggers, System.getProperty("kafka.logs.dir"));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** @param folder null: no file */
    static void configure(LoggerContext loggers, String folder) {
        LEVELS.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
        var root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(started(loggers, "console", new ConsoleAppender<>()));
        if (folder != null) root.addAppender(started(loggers, "server.log", hourly(loggers, folder + "/server.log")));
    }

    private static boolean hasFileOfItsOwn() {
        return System.getProperty("logback.configurationFile") != null
                || LogSetup.class.getResource("/logback-test.xml") != null;
    }

    private static OutputStreamAppender<ILoggingEvent> started(
            LoggerContext loggers, String name, OutputStreamAppender<ILoggingEvent> appender) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern(LINE);
        encoder.start();
        appender.setContext(loggers);
        appender.setName(name);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static RollingFileAppender<ILoggingEvent> hourly(LoggerContext loggers, String file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(file);
        TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
        policy.setContext(loggers);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%d{yyyy-MM-dd-HH}");
        policy.setMaxHistory(HOURS_KEPT);
        policy.setTotalSizeCap(FileSize.valueOf(BYTES_KEPT));
        policy.start();
        appender.setRollingPolicy(policy);
        return appender;
    }
}
