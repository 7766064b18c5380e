// The journey of a team once more, with an endpoint that keeps its teams in PostgreSQL.
process.env.TEAM_STORE = "postgres";
await import("./team.test.mjs");
