package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSetupTest {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("basedir", "."), "..", "config", "logback-example.xml");

    @TempDir
    private Path folder;

    @Test
    void doesWhatTheExampleSays() throws JoranException {
        LoggerContext fromFile = new LoggerContext();
        fromFile.putProperty("kafka.logs.dir", folder.toString());
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(fromFile);
        reader.doConfigure(EXAMPLE.toFile());
        LoggerContext ours = new LoggerContext();
        LogSetup.configure(ours, folder.toString());
        assertThat(summary(ours)).isEqualTo(summary(fromFile)).hasSizeGreaterThan(6);
        ours.stop();
        fromFile.stop();
    }

    @Test
    void writesNoFileWhereNoFolderIsNamed() {
        LoggerContext ours = new LoggerContext();
        LogSetup.configure(ours, null);
        assertThat(summary(ours)).noneMatch(line -> line.contains("server.log"));
        ours.stop();
    }

    private static List<String> summary(LoggerContext loggers) {
        List<String> lines = new ArrayList<>();
        for (var logger : loggers.getLoggerList()) {
            Level level = logger.getLevel();
            if (level != null) lines.add(logger.getName() + " " + level);
            logger.iteratorForAppenders().forEachRemaining(appender -> {
                var stream = (OutputStreamAppender<ILoggingEvent>) appender;
                var encoder = (LayoutWrappingEncoder<ILoggingEvent>) stream.getEncoder();
                lines.add(appender.getName() + " " + appender.isStarted() + " " + encoder.getLayout());
                if (appender instanceof FileAppender<ILoggingEvent> file) lines.add(file.getFile());
                if (appender instanceof RollingFileAppender<ILoggingEvent> rolling) {
                    var policy = (TimeBasedRollingPolicy<?>) rolling.getRollingPolicy();
                    lines.add(policy.getFileNamePattern() + " " + policy.getMaxHistory());
                }
            });
        }
        return lines;
    }
}
