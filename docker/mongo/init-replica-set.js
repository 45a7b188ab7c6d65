// Makes the replica set once and waits for its primary; run again it finds it made. (mongosh)
const members = [1, 2, 3].map((number) => ({ _id: number - 1, host: `mongo-${number}:27017` }));
try {
  rs.status();
} catch (error) {
  if (error.codeName !== "NotYetInitialized") throw error;
  rs.initiate({ _id: "rs0", members });
}
for (let tries = 0; tries < 60; tries += 1) {
  if (rs.status().members.some(({ stateStr }) => stateStr === "PRIMARY")) quit(0);
  sleep(1000);
}
quit(1);
