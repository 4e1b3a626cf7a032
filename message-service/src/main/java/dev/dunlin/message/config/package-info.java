/** The composition root: settings, and everything that is wired from them. */
@NullMarked
package dev.dunlin.message.config;

import org.jspecify.annotations.NullMarked;
