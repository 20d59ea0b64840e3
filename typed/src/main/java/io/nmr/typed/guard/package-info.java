/**
 * Guards: for each interface of an NPI a generated class that implements it and tracks its calls. Not an API; types are
 * public because generated classes, each with its own loader, must reach them. Start at
 * {@link io.nmr.typed.guard.GuardFactory}.
 */
package io.nmr.typed.guard;
