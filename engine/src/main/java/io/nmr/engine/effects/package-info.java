/**
 * The one performer: it calls the code of modules, contains what that throws, and commits the answers. No lock of the engine
 * is held while foreign code runs.
 */
package io.nmr.engine.effects;
