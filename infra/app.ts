import { App } from 'aws-cdk-lib';
import { DistrictStage } from './district-stage.ts';
import { districtOf } from './settings.ts';

const app = new App();
try {
  const district = districtOf(app.node);
  new DistrictStage(app, district.name, { district });
} catch (error) {
  // What is wrong with the settings is for whoever wrote them: no stack trace.
  console.error((error as Error).message);
  process.exit(1);
}
app.synth();
