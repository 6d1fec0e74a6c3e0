package io.barnabas.config;

import java.util.List;

/** SASL. Authentication by name. Many keys may carry the prefix listener.name.<name>. or listener.name.<name>.<mechanism>. To be used through {@link BrokerKeys}. */
interface SaslKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "SASL",
            "Authentication by name. Many keys may carry the prefix listener.name.<name>. or listener.name.<name>.<mechanism>.");

    ConfigKey<List<String>> SASL_ENABLED_MECHANISMS = FAMILY.listKey("sasl.enabled.mechanisms")
            .defaultsTo("GSSAPI")
            .perBroker()
            .doc("Mechanisms that clients may use.");

    ConfigKey<String> SASL_MECHANISM_INTER_BROKER_PROTOCOL = FAMILY.textKey("sasl.mechanism.inter.broker.protocol")
            .defaultsTo("GSSAPI")
            .perBroker()
            .doc("Mechanism that brokers use among themselves.");

    ConfigKey<String> SASL_MECHANISM_CONTROLLER_PROTOCOL = FAMILY.textKey("sasl.mechanism.controller.protocol")
            .defaultsTo("GSSAPI")
            .high()
            .doc("Mechanism for connections to a quorum controller.");

    ConfigKey<Password> SASL_JAAS_CONFIG = FAMILY.passwordKey("sasl.jaas.config")
            .perBroker()
            .doc(
                    "Login module and its options, in the form of a JAAS file; on a broker it needs the listener and mechanism prefix.");

    ConfigKey<String> SASL_SERVER_CALLBACK_HANDLER_CLASS = FAMILY.classKey("sasl.server.callback.handler.class")
            .doc(
                    "Class that answers the mechanism's questions on the broker's side; needs the listener and mechanism prefix.");

    ConfigKey<String> SASL_CLIENT_CALLBACK_HANDLER_CLASS = FAMILY.classKey("sasl.client.callback.handler.class")
            .doc("Class that answers the mechanism's questions on the broker's own connections.");

    ConfigKey<String> SASL_LOGIN_CALLBACK_HANDLER_CLASS = FAMILY.classKey("sasl.login.callback.handler.class")
            .doc("Class that answers the login module's questions.");

    ConfigKey<String> SASL_LOGIN_CLASS = FAMILY.classKey("sasl.login.class").doc("Class that logs in.");

    ConfigKey<Integer> SASL_LOGIN_CONNECT_TIMEOUT_MS = FAMILY.intKey("sasl.login.connect.timeout.ms")
            .low()
            .doc("How long a login waits for a connection to its provider.");

    ConfigKey<Integer> SASL_LOGIN_READ_TIMEOUT_MS =
            FAMILY.intKey("sasl.login.read.timeout.ms").low().doc("How long a login waits for its provider's answer.");

    ConfigKey<Long> SASL_LOGIN_RETRY_BACKOFF_MS = FAMILY.longKey("sasl.login.retry.backoff.ms")
            .defaultsTo(100L)
            .low()
            .doc("First wait before a failed login is tried again.");

    ConfigKey<Long> SASL_LOGIN_RETRY_BACKOFF_MAX_MS = FAMILY.longKey("sasl.login.retry.backoff.max.ms")
            .defaultsTo(10_000L)
            .low()
            .doc("Longest wait before a failed login is tried again.");

    ConfigKey<Double> SASL_LOGIN_REFRESH_WINDOW_FACTOR = FAMILY.doubleKey("sasl.login.refresh.window.factor")
            .defaultsTo(0.8)
            .perBroker()
            .doc("A login is renewed after this share of its lifetime.");

    ConfigKey<Double> SASL_LOGIN_REFRESH_WINDOW_JITTER = FAMILY.doubleKey("sasl.login.refresh.window.jitter")
            .defaultsTo(0.05)
            .perBroker()
            .doc("Random part of the lifetime added to that moment.");

    ConfigKey<Short> SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS = FAMILY.shortKey("sasl.login.refresh.min.period.seconds")
            .defaultsTo((short) 60)
            .perBroker()
            .doc("A login is not renewed sooner than this.");

    ConfigKey<Short> SASL_LOGIN_REFRESH_BUFFER_SECONDS = FAMILY.shortKey("sasl.login.refresh.buffer.seconds")
            .defaultsTo((short) 300)
            .perBroker()
            .doc("A login is renewed at least this long before it ends.");

    ConfigKey<Integer> SASL_SERVER_MAX_RECEIVE_SIZE = FAMILY.intKey("sasl.server.max.receive.size")
            .defaultsTo(524_288)
            .doc("Largest message that is accepted before a client is authenticated.");

    ConfigKey<String> SASL_KERBEROS_SERVICE_NAME =
            FAMILY.textKey("sasl.kerberos.service.name").perBroker().doc("Kerberos service name of the brokers.");

    ConfigKey<String> SASL_KERBEROS_KINIT_CMD = FAMILY.textKey("sasl.kerberos.kinit.cmd")
            .defaultsTo("/usr/bin/kinit")
            .perBroker()
            .doc("Path of Kerberos' kinit.");

    ConfigKey<Double> SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR = FAMILY.doubleKey(
                    "sasl.kerberos.ticket.renew.window.factor")
            .defaultsTo(0.8)
            .perBroker()
            .doc("A ticket is renewed after this share of its lifetime.");

    ConfigKey<Double> SASL_KERBEROS_TICKET_RENEW_JITTER = FAMILY.doubleKey("sasl.kerberos.ticket.renew.jitter")
            .defaultsTo(0.05)
            .perBroker()
            .doc("Random part of the lifetime added to that moment.");

    ConfigKey<Long> SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN = FAMILY.longKey("sasl.kerberos.min.time.before.relogin")
            .defaultsTo(60_000L)
            .perBroker()
            .doc("A ticket is not renewed sooner than this.");

    ConfigKey<List<String>> SASL_KERBEROS_PRINCIPAL_TO_LOCAL_RULES = FAMILY.listKey(
                    "sasl.kerberos.principal.to.local.rules")
            .defaultsTo("DEFAULT")
            .perBroker()
            .doc("Rules that shorten a Kerberos principal; the first that fits counts.");

    ConfigKey<String> SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL = FAMILY.textKey("sasl.oauthbearer.token.endpoint.url")
            .doc("Where the broker gets tokens for its own connections.");

    ConfigKey<String> SASL_OAUTHBEARER_JWKS_ENDPOINT_URL =
            FAMILY.textKey("sasl.oauthbearer.jwks.endpoint.url").doc("Where the keys that sign tokens are published.");

    ConfigKey<Long> SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS = FAMILY.longKey(
                    "sasl.oauthbearer.jwks.endpoint.refresh.ms")
            .defaultsTo(3_600_000L)
            .low()
            .doc("How often these keys are read again.");

    ConfigKey<Long> SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS = FAMILY.longKey(
                    "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms")
            .defaultsTo(100L)
            .low()
            .doc("First wait before a failed read is tried again.");

    ConfigKey<Long> SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS = FAMILY.longKey(
                    "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms")
            .defaultsTo(10_000L)
            .low()
            .doc("Longest wait before a failed read is tried again.");

    ConfigKey<List<String>> SASL_OAUTHBEARER_EXPECTED_AUDIENCE =
            FAMILY.listKey("sasl.oauthbearer.expected.audience").low().doc("A token must be meant for one of these.");

    ConfigKey<String> SASL_OAUTHBEARER_EXPECTED_ISSUER =
            FAMILY.textKey("sasl.oauthbearer.expected.issuer").low().doc("A token must be issued by this.");

    ConfigKey<Integer> SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS = FAMILY.intKey("sasl.oauthbearer.clock.skew.seconds")
            .defaultsTo(30)
            .low()
            .doc("How far the clock of the issuer may differ.");

    ConfigKey<String> SASL_OAUTHBEARER_SCOPE_CLAIM_NAME = FAMILY.textKey("sasl.oauthbearer.scope.claim.name")
            .defaultsTo("scope")
            .low()
            .doc("Claim of a token that holds its scope.");

    ConfigKey<String> SASL_OAUTHBEARER_SUB_CLAIM_NAME = FAMILY.textKey("sasl.oauthbearer.sub.claim.name")
            .defaultsTo("sub")
            .low()
            .doc("Claim of a token that holds its subject.");
}
