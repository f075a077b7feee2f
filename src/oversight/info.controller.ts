import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { OpenToAll } from '../access/required-roles.js';
import { INFO, type Info } from './info.js';

@ApiTags('oversight')
@OpenToAll()
@Controller()
export class InfoController {
  constructor(@Inject(INFO) private readonly info: Info) {}

  @Get('info')
  @ApiOperation({
    operationId: 'readInfo',
    summary: 'Name and version, whether this is the demonstration, and whom this instance watches',
  })
  read(): Info {
    return this.info;
  }

  @Get('ping')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({ operationId: 'ping', summary: 'Whether anybody is there' })
  @ApiProduces('text/plain')
  ping(): string {
    return 'pong';
  }
}
