/**
 * The conformance kit: what the protocol document demands of a registrar, as tests named by rule.
 *
 * <p>Whoever has a registrar implements {@link io.nmr.tck.Fixture} for it and runs the tests of this package with the
 * configuration parameter {@code nmr.tck.fixture} set to the name of that class. The tests know {@code io.nmr.api} and
 * nothing of the registrar's inside: what they see is what their own characteristics are told.
 */
package io.nmr.tck;
