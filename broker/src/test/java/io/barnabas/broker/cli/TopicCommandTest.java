package io.barnabas.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicCommandTest {
    @Test
    void readsWhatIsWanted() {
        CloneRequest request = CloneRequest.parse(
                new String[] {"clone", "a", "--at-offset", "12", "b", "--bootstrap-server", "[::1]:9093"});

        assertThat(request.refusal()).isNull();
        assertThat(request.source()).isEqualTo("a");
        assertThat(request.target()).isEqualTo("b");
        assertThat(request.offset()).isEqualTo(12);
        assertThat(request.broker().getHostString()).isEqualTo("::1");
        assertThat(request.broker().getPort()).isEqualTo(9093);
        assertThat(CloneRequest.parse(new String[] {"clone", "a", "b", "--at-time", "2026-01-31T12:00:00Z"})
                        .timestampMs())
                .isEqualTo(1_769_860_800_000L);
    }

    @Test
    void saysWhatMakesNoSense() {
        assertThat(TopicTool.run()).startsWith("2 Say what to do");
        assertThat(TopicTool.run("copy")).startsWith("2 Unknown: topic copy");
        assertThat(TopicTool.run("clone", "a")).startsWith("2 topic clone needs a source and a target");
        assertThat(TopicTool.run("clone", "a", "b", "--at-offset")).startsWith("2 --at-offset needs a value");
        assertThat(TopicTool.run("clone", "a", "b", "--at-offset", "-1")).startsWith("2 --at-offset -1 is no offset");
        assertThat(TopicTool.run("clone", "a", "b", "--at-time", "noon")).startsWith("2 --at-time noon is no time");
        assertThat(TopicTool.run("clone", "a", "b", "--at-time", "1", "--at-offset", "1"))
                .contains("not both");
        assertThat(TopicTool.run("clone", "a", "b", "--at", "1")).startsWith("2 Unknown option");
        assertThat(TopicTool.run("clone", "a", "b", "--bootstrap-server", "here"))
                .contains("no host:port");
        assertThat(TopicTool.run("--help")).startsWith("0 Usage: ./barnabas topic clone");
    }

    @Test
    void saysWhenNoBrokerAnswers() {
        assertThat(TopicTool.run("clone", "a", "b", "--bootstrap-server", "127.0.0.1:1"))
                .startsWith("1 Not cloned: no broker answers at 127.0.0.1:1");
    }
}
