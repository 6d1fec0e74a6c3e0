package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts where they lie in an unpacked archive: jars in libs, and no sources. */
class ArchiveScriptTest {
    @TempDir
    private Path folder;

    private ScriptRun scripts;

    @BeforeEach
    void unpack() {
        scripts = new ScriptRun(folder);
        scripts.jdk("17.0.9");
        for (String jar : new String[] {"broker-1.jar", "a.jar", "b.jar"}) {
            ScriptRun.write(scripts.home().resolve("libs").resolve(jar), "");
        }
        scripts.program("mvn", "#!/bin/sh\necho maven\nexit 1\n");
    }

    @Test
    @Acceptance(12)
    void startsWithTheJarsOfTheArchiveAndBuildsNothing() {
        Path libs = scripts.home().resolve("libs");
        ScriptRun.Result start = scripts.run("bin/kafka-server-start.sh", "f");
        assertThat(start.out())
                .contains("[" + libs + "/broker-1.jar:" + libs + "/a.jar:" + libs + "/b.jar]")
                .contains("[io.barnabas.broker.BarnabasMain]")
                .doesNotContain("maven");
        assertThat(start.err()).isEmpty();
        assertThat(scripts.run("barnabas", "--version").out()).contains("[--version]");
        assertThat(scripts.run("barnabas", "log", "verify", "d").out())
                .contains("[io.barnabas.broker.LogMain]\n[verify]\n[d]")
                .doesNotContain("BarnabasMain");
    }

    @Test
    void saysWhichCommandsNeedTheCheckout() {
        for (String command : new String[] {"test", "bench", "chaos", "docs", "dist"}) {
            ScriptRun.Result refused = scripts.run("barnabas", command);
            assertThat(refused.status()).as(command).isEqualTo(1);
            assertThat(refused.err())
                    .isEqualTo("./barnabas " + command + " needs the checkout, and " + scripts.home()
                            + " is an unpacked archive\n");
        }
    }
}
