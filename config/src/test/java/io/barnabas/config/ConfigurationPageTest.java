package io.barnabas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "configuration.md")
            .normalize();
    private static final String HOW_TO_WRITE_IT =
            "docs/configuration.md is behind the keys; write it anew with: ./barnabas docs";

    @Test
    @Acceptance(22)
    void matchesTheKeys() throws IOException {
        if (Boolean.getBoolean("writeDocs")) Files.writeString(PAGE, ConfigurationPage.render());
        assertThat(Files.readString(PAGE)).as(HOW_TO_WRITE_IT).isEqualTo(ConfigurationPage.render());
    }

    @Test
    @Acceptance(22)
    void namesEveryKey() {
        String page = ConfigurationPage.render();
        for (ConfigKey<?> key : BrokerKeys.all()) assertThat(page).contains("| `" + key.name() + "` |");
        for (ConfigKey<?> key : TopicKeys.all()) assertThat(page).contains("| `" + key.name() + "` |");
    }
}
