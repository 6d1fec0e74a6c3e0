package io.barnabas.config;

/** Security. Who may do what, delegation tokens, and the secrets of stored passwords. To be used through {@link BrokerKeys}. */
interface SecurityKeys {

    KeyFamily FAMILY =
            KeyFamily.ofBroker("Security", "Who may do what, delegation tokens, and the secrets of stored passwords.");

    ConfigKey<String> AUTHORIZER_CLASS_NAME = FAMILY.textKey("authorizer.class.name")
            .defaultsTo("")
            .low()
            .doc("Class that decides who may do what; empty: everybody may do everything.");

    ConfigKey<String> PRINCIPAL_BUILDER_CLASS = FAMILY.classKey("principal.builder.class")
            .defaultsTo("org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder")
            .perBroker()
            .doc("Class that makes a principal of an authenticated connection.");

    ConfigKey<Long> CONNECTIONS_MAX_REAUTH_MS = FAMILY.longKey("connections.max.reauth.ms")
            .defaultsTo(0L)
            .doc("A connection authenticated by SASL must do so again within this time; 0: never.");

    ConfigKey<Password> DELEGATION_TOKEN_MASTER_KEY =
            FAMILY.passwordKey("delegation.token.master.key").doc("Older name of delegation.token.secret.key.");

    ConfigKey<Password> DELEGATION_TOKEN_SECRET_KEY = FAMILY.passwordKey("delegation.token.secret.key")
            .elseQuietlyFrom(DELEGATION_TOKEN_MASTER_KEY)
            .doc("Secret with which delegation tokens are made and checked; the same on all brokers.");

    ConfigKey<Long> DELEGATION_TOKEN_MAX_LIFETIME_MS = FAMILY.longKey("delegation.token.max.lifetime.ms")
            .defaultsTo(604_800_000L)
            .atLeast(1L)
            .doc("A delegation token cannot be renewed beyond this age.");

    ConfigKey<Long> DELEGATION_TOKEN_EXPIRY_TIME_MS = FAMILY.longKey("delegation.token.expiry.time.ms")
            .defaultsTo(86_400_000L)
            .atLeast(1L)
            .doc("A delegation token is good for this long unless it is renewed.");

    ConfigKey<Long> DELEGATION_TOKEN_EXPIRY_CHECK_INTERVAL_MS = FAMILY.longKey(
                    "delegation.token.expiry.check.interval.ms")
            .defaultsTo(3_600_000L)
            .atLeast(1L)
            .low()
            .doc("How often expired delegation tokens are removed.");

    ConfigKey<Password> PASSWORD_ENCODER_SECRET = FAMILY.passwordKey("password.encoder.secret")
            .doc("Secret with which passwords among dynamic configurations are encrypted.");

    ConfigKey<Password> PASSWORD_ENCODER_OLD_SECRET = FAMILY.passwordKey("password.encoder.old.secret")
            .doc("The secret before it was changed; stored passwords are read with it and written anew.");

    ConfigKey<String> PASSWORD_ENCODER_KEYFACTORY_ALGORITHM = FAMILY.textKey("password.encoder.keyfactory.algorithm")
            .low()
            .doc("Algorithm that derives the key from the secret.");

    ConfigKey<String> PASSWORD_ENCODER_CIPHER_ALGORITHM = FAMILY.textKey("password.encoder.cipher.algorithm")
            .defaultsTo("AES/CBC/PKCS5Padding")
            .low()
            .doc("Cipher that encrypts stored passwords.");

    ConfigKey<Integer> PASSWORD_ENCODER_KEY_LENGTH = FAMILY.intKey("password.encoder.key.length")
            .defaultsTo(128)
            .atLeast(8)
            .low()
            .doc("Length of that key in bits.");

    ConfigKey<Integer> PASSWORD_ENCODER_ITERATIONS = FAMILY.intKey("password.encoder.iterations")
            .defaultsTo(4096)
            .atLeast(1024)
            .low()
            .doc("Rounds of deriving that key.");

    ConfigKey<String> SECURITY_PROVIDERS =
            FAMILY.textKey("security.providers").low().doc("Classes that add security providers to the Java runtime.");
}
