@NullMarked
package dev.dunlin.connection.link.http;

import org.jspecify.annotations.NullMarked;
