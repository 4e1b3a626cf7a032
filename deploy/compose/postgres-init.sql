-- Runs once, on an empty volume. The database message is made by the image; each service owns one and migrates it itself.
CREATE DATABASE push OWNER dunlin;
