import { App } from 'aws-cdk-lib';
import { DistrictStage } from './district-stage.ts';
import { districtOf } from './settings-files.ts';

const app = new App();
try {
  const district = districtOf(app.node);
  new DistrictStage(app, district.name, { district });
} catch (error) {
  // The message names the faulty setting. A stack trace would not help the operator.
  console.error((error as Error).message);
  process.exit(1);
}
app.synth();
