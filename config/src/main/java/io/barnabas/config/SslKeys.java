package io.barnabas.config;

import java.util.List;

/** TLS. Encrypted listeners. Each key may carry the prefix listener.name.<name>. to count for one listener. To be used through {@link BrokerKeys}. */
interface SslKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "TLS",
            "Encrypted listeners. Each key may carry the prefix listener.name.<name>. to count for one listener.");

    ConfigKey<String> SSL_PROTOCOL =
            FAMILY.textKey("ssl.protocol").defaultsTo("TLSv1.3").perBroker().doc("TLS version to begin with.");

    ConfigKey<List<String>> SSL_ENABLED_PROTOCOLS = FAMILY.listKey("ssl.enabled.protocols")
            .defaultsTo("TLSv1.2", "TLSv1.3")
            .perBroker()
            .doc("TLS versions that are accepted.");

    ConfigKey<String> SSL_PROVIDER = FAMILY.textKey("ssl.provider")
            .perBroker()
            .doc("Security provider of TLS; unset: the Java runtime's default.");

    ConfigKey<List<String>> SSL_CIPHER_SUITES = FAMILY.listKey("ssl.cipher.suites")
            .defaultsTo()
            .perBroker()
            .doc("Cipher suites that are accepted; empty: those of the Java runtime.");

    ConfigKey<String> SSL_CLIENT_AUTH = FAMILY.textKey("ssl.client.auth")
            .defaultsTo("none")
            .oneOf("required", "requested", "none")
            .perBroker()
            .doc("Whether clients show a certificate: required, requested or none.");

    ConfigKey<String> SSL_KEYSTORE_TYPE = FAMILY.textKey("ssl.keystore.type")
            .defaultsTo("JKS")
            .perBroker()
            .doc("Format of the key store: JKS, PKCS12 or PEM.");

    ConfigKey<String> SSL_KEYSTORE_LOCATION =
            FAMILY.textKey("ssl.keystore.location").perBroker().doc("File of the key store.");

    ConfigKey<Password> SSL_KEYSTORE_PASSWORD =
            FAMILY.passwordKey("ssl.keystore.password").perBroker().doc("Password of the key store; not for PEM.");

    ConfigKey<Password> SSL_KEY_PASSWORD =
            FAMILY.passwordKey("ssl.key.password").perBroker().doc("Password of the private key.");

    ConfigKey<Password> SSL_KEYSTORE_KEY =
            FAMILY.passwordKey("ssl.keystore.key").perBroker().doc("Private key as PEM text, in place of a file.");

    ConfigKey<Password> SSL_KEYSTORE_CERTIFICATE_CHAIN = FAMILY.passwordKey("ssl.keystore.certificate.chain")
            .perBroker()
            .doc("Certificate chain as PEM text, in place of a file.");

    ConfigKey<String> SSL_TRUSTSTORE_TYPE = FAMILY.textKey("ssl.truststore.type")
            .defaultsTo("JKS")
            .perBroker()
            .doc("Format of the trust store: JKS, PKCS12 or PEM.");

    ConfigKey<String> SSL_TRUSTSTORE_LOCATION =
            FAMILY.textKey("ssl.truststore.location").perBroker().doc("File of the trust store.");

    ConfigKey<Password> SSL_TRUSTSTORE_PASSWORD = FAMILY.passwordKey("ssl.truststore.password")
            .perBroker()
            .doc("Password of the trust store; without it, its integrity is not checked.");

    ConfigKey<Password> SSL_TRUSTSTORE_CERTIFICATES = FAMILY.passwordKey("ssl.truststore.certificates")
            .perBroker()
            .doc("Trusted certificates as PEM text, in place of a file.");

    ConfigKey<String> SSL_KEYMANAGER_ALGORITHM = FAMILY.textKey("ssl.keymanager.algorithm")
            .defaultsTo("SunX509")
            .perBroker()
            .doc("Algorithm of the key manager.");

    ConfigKey<String> SSL_TRUSTMANAGER_ALGORITHM = FAMILY.textKey("ssl.trustmanager.algorithm")
            .defaultsTo("PKIX")
            .perBroker()
            .doc("Algorithm of the trust manager.");

    ConfigKey<String> SSL_ENDPOINT_IDENTIFICATION_ALGORITHM = FAMILY.textKey("ssl.endpoint.identification.algorithm")
            .defaultsTo("https")
            .low()
            .perBroker()
            .doc("How the host name of a certificate is checked on the broker's own connections; empty: not at all.");

    ConfigKey<String> SSL_SECURE_RANDOM_IMPLEMENTATION =
            FAMILY.textKey("ssl.secure.random.implementation").low().perBroker().doc("Source of randomness for TLS.");

    ConfigKey<String> SSL_ENGINE_FACTORY_CLASS = FAMILY.classKey("ssl.engine.factory.class")
            .low()
            .perBroker()
            .doc("Class that makes TLS engines; unset: the built-in one.");

    ConfigKey<String> SSL_PRINCIPAL_MAPPING_RULES = FAMILY.textKey("ssl.principal.mapping.rules")
            .defaultsTo("DEFAULT")
            .low()
            .doc("Rules that shorten the name of a client's certificate to a principal; the first that fits counts.");

    ConfigKey<Boolean> SSL_ALLOW_DN_CHANGES = FAMILY.booleanKey("ssl.allow.dn.changes")
            .defaultsTo(false)
            .low()
            .doc("Whether a key store replaced while running may carry another distinguished name.");

    ConfigKey<Boolean> SSL_ALLOW_SAN_CHANGES = FAMILY.booleanKey("ssl.allow.san.changes")
            .defaultsTo(false)
            .low()
            .doc("Whether a key store replaced while running may carry other alternative names.");
}
