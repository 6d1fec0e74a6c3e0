package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.barnabas.config.ActedOn;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.ConfigKey;
import io.barnabas.config.TopicKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of keys that have an effect, beside the code that reads keys. */
class ActedOnTest {

    private static final Path LIST = Path.of(
                    System.getProperty("basedir", "."), "..", "config/src/main/resources/io/barnabas/config/acted-on")
            .normalize();
    private static final String HOW_TO_WRITE_IT = "the list is behind the code; write it anew with: ./barnabas docs";

    /** Of the configuration's own classes, those that turn keys into something the broker does. The others check and describe. */
    private static final Set<String> READERS =
            Set.of("ListenerReader", "ConnectionLimits", "BrokerConfig", "TopicConfig");
    /** Read to be checked only: no such listener is opened apart from the others. */
    private static final Set<String> CHECKED_ONLY = Set.of("broker control.plane.listener.name");

    @Test
    void namesTheKeysThatAreRead() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Keys that something reads. Written by ActedOnTest.");
        lines.addAll(read());
        if (Boolean.getBoolean("writeDocs")) Files.write(LIST, lines);
        assertThat(Files.readAllLines(LIST)).as(HOW_TO_WRITE_IT).isEqualTo(lines);
    }

    @Test
    void countsWhatAReadKeyFallsBackTo() {
        assertThat(ActedOn.contains(BrokerKeys.LOG_RETENTION_HOURS)).isTrue();
        assertThat(ActedOn.contains(BrokerKeys.CONTROLLER_QUORUM_VOTERS)).isFalse();
    }

    private static Set<String> read() {
        Set<String> names = new TreeSet<>();
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.barnabas");
        for (JavaClass one : classes) {
            boolean isOfConfig = one.getPackageName().equals("io.barnabas.config");
            if (isOfConfig && !READERS.contains(one.getSimpleName())) continue;
            for (JavaFieldAccess access : one.getFieldAccessesFromSelf()) {
                String name = nameOf(access);
                if (name != null) names.add(name);
            }
        }
        names.removeAll(CHECKED_ONLY);
        return names;
    }

    private static String nameOf(JavaFieldAccess access) {
        String field = access.getTarget().getName();
        String owner = access.getTargetOwner().getSimpleName();
        if (owner.equals("TopicKeys")) return named("topic ", TopicKeys.all(), field);
        return owner.endsWith("Keys") ? named("broker ", BrokerKeys.all(), field) : null;
    }

    private static String named(String scope, List<ConfigKey<?>> keys, String field) {
        for (ConfigKey<?> key : keys) {
            String constant = key.name().replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
            if (constant.equalsIgnoreCase(field)) return scope + key.name();
        }
        return null;
    }
}
