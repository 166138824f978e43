// An example: the app of a city, with a stage for each file in districts/.
import { readdirSync, readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { DistrictStage, parseSettings } from 'leifeng';

const app = new App();
for (const file of readdirSync('districts')) {
  const name = file.replace('.json', '');
  const settings: unknown = JSON.parse(readFileSync(`districts/${file}`, 'utf8'));
  new DistrictStage(app, name, { district: parseSettings(name, settings) });
}
app.synth();
