import { App } from 'aws-cdk-lib';
import { DistrictStage } from './district-stage.ts';
import { districtOf } from './settings.ts';

const app = new App();
const district = districtOf(app.node);
new DistrictStage(app, district.name, { district });
app.synth();
